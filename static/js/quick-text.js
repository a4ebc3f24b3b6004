// 定型文: `;` in a note opens the list of the form (select in [data-quick]), Enter puts the chosen one in, Esc goes back.
// Pressed twice it is the mark itself; with the single-letter keys switched off it is so at once.
// A place in 〈〉 is selected, and Tab goes to the next one. Without scripts the list's button posts the form instead.
(function () {
  "use strict";

  const soudan = window.soudan;
  const PLACE = /〈[^〈〉]*〉/;
  const filling = new WeakSet(); // notes with places that Tab still walks along
  let note = null;

  const boxOf = (field) => field.form && field.form.querySelector("[data-quick]");
  const usual = (box) => document.getElementById(box.dataset.quick);
  const off = () => document.body.dataset.singleKeys === "off";
  const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

  function open(field) {
    const box = boxOf(field);
    if (!box) return false;
    note = field;
    box.open = true;
    const list = box.querySelector("select");
    if (list && list.selectedIndex < 0) list.selectedIndex = 0;
    (list || box.querySelector("a")).focus();
    return true;
  }

  function back(box, field) {
    box.open = false;
    field.focus();
  }

  // Selects the next 〈…〉 from a place of the note on; says whether there is one.
  function nextPlace(field, from) {
    const found = PLACE.exec(field.value.slice(from));
    if (!found) return false;
    field.setSelectionRange(from + found.index, from + found.index + found[0].length);
    return true;
  }

  function insert(box) {
    const list = box.querySelector("select");
    const chosen = list && list.selectedOptions[0];
    const field = note && note.form === list.form ? note : usual(box);
    if (!chosen || !field) return;
    const from = field.selectionStart;
    back(box, field);
    put(field, chosen.dataset.text);
    if (nextPlace(field, from)) filling.add(field);
  }

  function put(field, text) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    changed(field);
  }

  document.addEventListener(
    "keydown",
    (event) => {
      const field = event.target;
      if (soudan.composing(event) || event.ctrlKey || event.altKey || event.metaKey) return;
      if (field.matches("textarea")) {
        const opens = event.key === ";" && !off() && open(field);
        const walks = event.key === "Tab" && !event.shiftKey && filling.has(field) && nextPlace(field, field.selectionEnd);
        if (event.key === "Tab" && !walks) filling.delete(field);
        if (opens || walks) event.preventDefault();
      } else if (field.matches("[data-quick] select")) {
        const box = field.closest("[data-quick]");
        if (!["Enter", "Escape", ";"].includes(event.key)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (event.key === "Enter") return insert(box);
        const target = note || usual(box);
        back(box, target);
        if (event.key === ";") put(target, ";"); // twice is the mark itself
      }
    },
    true,
  );

  // With the input method on, ； is converted first: the mark goes, the list comes.
  document.addEventListener("compositionend", (event) => {
    const field = event.target;
    if (off() || !field.matches("textarea") || !/^[;；]$/.test(event.data) || !boxOf(field)) return;
    field.setRangeText("", field.selectionStart - 1, field.selectionStart, "end");
    open(field);
  });

  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea") && boxOf(event.target)) note = event.target;
  });

  // Choosing is no change of the entry: the draft is not to be saved for it.
  document.addEventListener("input", (event) => event.target.matches("[data-quick] select") && event.stopImmediatePropagation(), true);

  const hint = () => document.querySelectorAll("[data-quick] kbd").forEach((key) => (key.hidden = false));
  document.addEventListener("htmx:afterSwap", hint);
  hint();

  document.addEventListener("dblclick", (event) => {
    const option = event.target.closest("[data-quick] option");
    if (option) insert(option.closest("[data-quick]"));
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-quick] button");
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    insert(button.closest("[data-quick]"));
  }, true);
})();
