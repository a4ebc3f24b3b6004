// Single-letter keys (WCAG 2.1.4: they can be switched off, and are silent in text fields and during conversion).
// An element says which key presses it: data-key="n", data-key="g h" (first G, then H).
// data-row marks the links that J and K walk along.
(function () {
  "use strict";

  const soudan = (window.soudan = window.soudan || {});
  const PREFIX_MS = 1500;
  let prefixAt = 0;

  const off = () => document.body.dataset.singleKeys === "off";
  const typing = (node) =>
    node.isContentEditable || (node.matches && node.matches("textarea, select, input:not([type=checkbox]):not([type=radio]), .ks-tg *"));

  function press(key) {
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return false;
    if (target.matches("input, textarea")) {
      target.focus();
      target.select();
    } else {
      target.click();
    }
    return true;
  }

  function walk(step) {
    const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.getClientRects().length);
    if (!rows.length) return false;
    const here = rows.indexOf(document.activeElement.closest("[data-row]"));
    const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), rows.length - 1);
    rows[next].focus();
    return true;
  }

  function act(key) {
    const prefixed = Date.now() - prefixAt < PREFIX_MS;
    prefixAt = 0;
    if (prefixed) return press("g " + key);
    if (key === "g") {
      prefixAt = Date.now();
      return true;
    }
    if (key === "j") return walk(1);
    if (key === "k") return walk(-1);
    return press(key);
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || soudan.composing(event)) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1) return;
    if (off() || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (act(event.key.toLowerCase())) event.preventDefault();
  });

  // ? shows the list over the page, so that nothing half-typed is left
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-keys-list]");
    const dialog = document.getElementById("keys-dialog");
    if (!link || !dialog || !window.htmx || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const body = document.getElementById("keys-dialog-body");
    body.replaceChildren();
    window.htmx.ajax("GET", link.href, { target: body, swap: "innerHTML" }).then(() => {
      if (body.childElementCount && !document.querySelector("dialog[open]")) dialog.showModal();
    });
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close-dialog]")) event.target.closest("dialog").close();
  });
})();
