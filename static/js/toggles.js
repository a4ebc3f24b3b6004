// Toggle groups (.ks-tg): a letter or figure switches its choice while the focus is inside the group;
// Enter goes on to the element named by data-next on the group or around it, and never submits.
(function () {
  "use strict";

  const soudan = (window.soudan = window.soudan || {});

  function goOn(group) {
    const holder = group.closest("[data-next]");
    const next = holder && document.querySelector(holder.dataset.next);
    if (!next) return;
    const field = next.matches("input, textarea, select, button")
      ? next
      : next.querySelector("input:checked") || next.querySelector("input, textarea, select, button");
    if (field) field.focus();
  }

  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches || !input.matches(".ks-tg .btn-check")) return;
    if (soudan.composing(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    const group = input.closest(".ks-tg");
    if (event.key === "Enter") {
      event.preventDefault();
      goOn(group);
      return;
    }
    if (event.key.length !== 1) return;
    const hit = group.querySelector(`.btn-check[data-toggle-key="${CSS.escape(event.key.toUpperCase())}"]`);
    if (!hit) return;
    event.preventDefault();
    hit.click();
    hit.focus();
  });
})();
