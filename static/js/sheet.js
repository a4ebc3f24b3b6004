// A section of the フェイスシート that saves while one types: the leave-guard, the button, and the lost network.
(function () {
  "use strict";

  document.documentElement.classList.add("ks-js");

  const sending = new Set(); // forms whose text is on its way
  const typed = new Set(); // forms with text that no request carries yet
  const waiting = new Map(); // forms whose button was pressed meanwhile
  const section = (element) => element.closest && element.closest("form[data-section]");

  document.addEventListener("input", (event) => section(event.target) && typed.add(section(event.target)));

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = section(event.detail.elt);
    if (!form) return;
    typed.delete(form);
    sending.add(form);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = section(event.detail.elt);
    if (!form) return;
    sending.delete(form);
    if (!event.detail.xhr || event.detail.xhr.status === 0) typed.add(form);
    else if (form.querySelector("[data-kept]") && !typed.has(form)) window.soudan.clean(form);
    if (waiting.has(form)) {
      const button = waiting.get(form);
      waiting.delete(form);
      form.requestSubmit(button);
    }
  });

  // The button waits for what is on its way, else the two would take each other for somebody else's change.
  document.addEventListener(
    "submit",
    (event) => {
      if (!sending.has(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting.set(event.target, event.submitter);
    },
    true,
  );

  window.addEventListener("online", () => {
    typed.forEach((form) => form.isConnected && window.htmx.trigger(form, "change"));
  });
})();
