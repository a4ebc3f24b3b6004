// Candidates under a search field (role=combobox + role=listbox). The server renders the options;
// an option with data-href opens that page, any other one is clicked (htmx takes it from there).
(function () {
  "use strict";

  const soudan = (window.soudan = window.soudan || {});
  const listOf = (field) => document.getElementById(field.getAttribute("aria-controls"));
  const options = (field) => [...(listOf(field) || document.createElement("ul")).querySelectorAll("[role=option]:not([aria-disabled=true])")];

  function select(field, option) {
    options(field).forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  function close(field) {
    const list = listOf(field);
    if (list) list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function move(field, step) {
    const all = options(field);
    if (!all.length) return false;
    const here = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = here < 0 && step < 0 ? all.length - 1 : (here + step + all.length) % all.length;
    select(field, all[next]);
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches || !field.matches("[data-pick]") || soudan.composing(event)) return;
    const chosen = options(field).find((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" && move(field, 1)) event.preventDefault();
    if (event.key === "ArrowUp" && move(field, -1)) event.preventDefault();
    if (event.key === "Escape") close(field);
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      event.stopPropagation();
      chosen.click();
    }
  });

  document.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option][data-href]");
    if (option && !event.target.closest("a")) window.location.assign(option.dataset.href);
    document.querySelectorAll("[data-pick][aria-expanded=true]").forEach((field) => {
      const list = listOf(field);
      if (field !== event.target && !(list && list.contains(event.target))) close(field);
    });
  });

  document.addEventListener("htmx:afterSwap", () => {
    document.querySelectorAll("[data-pick]").forEach((field) => {
      field.setAttribute("aria-expanded", String(options(field).length > 0));
      field.removeAttribute("aria-activedescendant");
    });
  });
})();
