// Small behaviour that every page shares. All of it is extra: each page works without it.
(function () {
  "use strict";

  const TOAST_MS = 8000;
  const ANNOUNCE_MS = 30000;
  const soudan = (window.soudan = window.soudan || {});

  // True while a Japanese input method is converting (keyCode 229 covers browsers that end isComposing early).
  soudan.composing = (event) => event.isComposing || event.keyCode === 229;

  // ---- toasts: 8 seconds, longer while pointed at or focused ----
  function startToast(toast) {
    let timer = 0;
    const stop = () => window.clearTimeout(timer);
    const start = () => {
      stop();
      timer = window.setTimeout(() => toast.remove(), TOAST_MS);
    };
    ["mouseenter", "focusin"].forEach((name) => toast.addEventListener(name, stop));
    ["mouseleave", "focusout"].forEach((name) => toast.addEventListener(name, start));
    start();
  }

  // ---- error summary takes the focus, on load and after a swap ----
  function focusSummary(root) {
    const summary = root.querySelector && root.querySelector(".ks-errsum[tabindex]");
    if (summary) summary.focus();
  }

  function enhance(root) {
    if (!root.querySelectorAll) return;
    root.querySelectorAll("[data-toast]:not([data-started])").forEach((toast) => {
      toast.dataset.started = "";
      startToast(toast);
    });
  }

  // ---- one line above the page for what went wrong on the way ----
  soudan.note = function (text) {
    const note = document.getElementById("page-note");
    if (!note) return;
    note.querySelector("[data-text]").textContent = text;
    note.hidden = !text;
  };

  const OFFLINE = "通信が切れています。書いた文はこの画面に残っています。つながると送ります。";
  const REFUSED = "送れませんでした。書いた文はこの画面に残っています。少し待って、もう一度押してください。";

  // ---- draft indicator: soudan.draft(element, "saved" | "dirty" | "off", text) ----
  const ICONS = { saved: "check", dirty: "clock", off: "offline" };
  let announcedAt = 0;
  soudan.draft = function (box, state, text) {
    box.classList.toggle("dirty", state === "dirty");
    box.classList.toggle("off", state === "off");
    const use = box.querySelector("use");
    if (use) use.setAttribute("href", use.getAttribute("href").replace(/#.*$/, "#" + ICONS[state]));
    box.querySelector("[data-text]").textContent = text;
    const now = Date.now();
    const spoken = box.querySelector("[role=status]");
    if (spoken && (state === "off" || now - announcedAt > ANNOUNCE_MS)) {
      spoken.textContent = text;
      announcedAt = now;
    }
  };

  // ---- forms marked data-guard warn before unsent text is left behind ----
  const unsent = new Set();
  soudan.clean = (form) => unsent.delete(form);
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.matches("[data-guard]")) unsent.add(form);
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) unsent.delete(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of unsent) {
      if (form.isConnected) event.preventDefault();
    }
  });

  // ---- menus made of <details>: closed by Esc and by a click elsewhere ----
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || soudan.composing(event)) return;
    document.querySelectorAll("details.ks-menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.ks-menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const button = event.target.closest("[data-print], [data-dismiss]");
    if (button && button.matches("[data-print]")) window.print();
    if (button && button.matches("[data-dismiss]")) button.closest("[data-toast], dialog").remove();
  });

  // ---- copy: the field whose id the button names ----
  document.querySelectorAll("[data-copy]").forEach((button) => (button.hidden = false));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    field.select();
    if (navigator.clipboard) navigator.clipboard.writeText(field.value);
    else document.execCommand("copy");
    button.lastChild.textContent = "コピーしました";
  });

  // ---- print: tables beside charts are opened, the time is the time of printing ----
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details.ks-tbl:not([open])")];
    opened.forEach((box) => (box.open = true));
  });
  window.addEventListener("afterprint", () => opened.forEach((box) => (box.open = false)));

  // ---- htmx ----
  document.addEventListener("htmx:afterSwap", (event) => {
    enhance(event.target);
    focusSummary(event.target);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) soudan.note("");
  });
  document.addEventListener("htmx:sendError", () => soudan.note(OFFLINE));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 401) soudan.note(REFUSED);
  });
  window.addEventListener("offline", () => soudan.note(OFFLINE));
  window.addEventListener("online", () => soudan.note(""));

  enhance(document);
  focusSummary(document);
})();
