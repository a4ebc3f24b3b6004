// Log-in over the page. When the session has ended (15 minutes without a key, or 10 hours), the page stays as it is
// behind a dialog with the log-in form; after that the waiting request is sent again, so nothing typed is lost.
// Nothing is kept in browser storage: the text is only in the page.
(function () {
  "use strict";

  const dialog = document.getElementById("relogin");
  if (!dialog || !dialog.showModal) return;

  const soudan = (window.soudan = window.soudan || {});
  const body = document.body;
  const box = dialog.querySelector("[data-login-here]");
  const reason = dialog.querySelector("[data-reason]");
  const CHECK_AFTER_MS = 60000;
  const TEXTS = {
    ended: "ログインの時間が切れました。書いた文はこの画面に残っています。ログインすると続けられます。",
    idle: "操作がなかったため画面を隠しました。書きかけは残っています。ログインすると続けられます。",
    other: "別の人がログインしました。この画面の続きは、はじめの人だけが送れます。この画面を閉じるか、ホームへ移ってください。",
    away: "通信が切れています。つながったら、もう一度押してください。",
  };
  let waiting = [];
  let contactAt = Date.now();

  // ---- the form: the log-in page is fetched and its box is shown here; each answer is the next step ----
  function say(key) {
    reason.textContent = TEXTS[key];
  }

  async function step(url, options) {
    let answer;
    try {
      answer = await fetch(url, { credentials: "same-origin", cache: "no-store", ...options });
    } catch {
      say("away");
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-login-box]");
    if (next) {
      box.replaceChildren(document.importNode(next, true));
      const first = box.querySelector(".ks-errsum") || box.querySelector("input:not([type=hidden])");
      if (first) first.focus();
    } else {
      finish(page);
    }
  }

  function finish(page) {
    if (page.body.dataset.user !== body.dataset.user) {
      say("other");
      const home = document.createElement("a");
      home.className = "btn btn-primary";
      home.href = "/";
      home.textContent = "ホームへ移る";
      box.replaceChildren(home);
      return;
    }
    const token = page.querySelector("input[name=csrfmiddlewaretoken]");
    if (token) {
      document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => (field.value = token.value));
    }
    contactAt = activeAt = Date.now();
    box.replaceChildren();
    dialog.close();
    const again = waiting;
    waiting = [];
    again.forEach((send) => send());
    document.dispatchEvent(new CustomEvent("soudan:signed-in"));
  }

  function open(key) {
    if (dialog.open) return;
    say(key);
    document.querySelectorAll("dialog[open]").forEach((other) => other.close());
    dialog.showModal();
    step(dialog.dataset.loginUrl);
  }
  soudan.relogin = open;

  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const data = new FormData(event.target, event.submitter);
    data.set("next", dialog.dataset.checkUrl);
    step(event.target.action, { method: "POST", body: data });
  });

  // ---- who is asked to sign in again ----
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 401) return;
    const { verb, path } = event.detail.requestConfig;
    const source = event.detail.elt;
    waiting = waiting.filter((one) => one.source !== source);
    const send = () => window.htmx.ajax(verb, path, { source, target: event.detail.target });
    send.source = source;
    waiting.push(send);
    open("ended");
  });
  document.addEventListener("soudan:login", () => open("ended"));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) contactAt = Date.now();
  });

  // An ordinary form asks first whether the session still lives, when the page has stood for a while.
  let sure = null;
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      if (form.method !== "post" || dialog.contains(form) || form === sure || form.matches("[data-no-check]")) return;
      if (Date.now() - contactAt < CHECK_AFTER_MS) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const submitter = event.submitter;
      const send = () => {
        sure = form;
        form.requestSubmit(submitter);
        sure = null;
      };
      let answer;
      try {
        answer = await fetch(dialog.dataset.checkUrl, {
          credentials: "same-origin",
          cache: "no-store",
          headers: { "X-Requested-With": "XMLHttpRequest" },
        });
      } catch {
        if (soudan.note) soudan.note("通信が切れています。書いた文はこの画面に残っています。つながったら、もう一度押してください。");
        return;
      }
      contactAt = Date.now();
      if (answer.status === 401) {
        waiting.push(send);
        open("ended");
      } else {
        send();
      }
    },
    true,
  );

  // ---- away from the desk: hide the page after the idle time; activity in another tab counts too ----
  const idleMs = Number(body.dataset.idle) * 1000;
  const tabs = window.BroadcastChannel ? new BroadcastChannel("soudan-activity") : null;
  let activeAt = Date.now();
  let toldAt = 0;
  function active() {
    if (dialog.open) return;
    activeAt = Date.now();
    if (tabs && activeAt - toldAt > 5000) {
      toldAt = activeAt;
      tabs.postMessage("active");
    }
  }
  function look() {
    if (idleMs && Date.now() - activeAt >= idleMs) open("idle");
  }
  ["keydown", "pointerdown", "wheel", "touchstart"].forEach((name) =>
    window.addEventListener(name, active, { capture: true, passive: true }),
  );
  if (tabs) tabs.onmessage = () => (activeAt = Date.now());
  window.setInterval(look, Math.min(15000, idleMs || 15000));
  document.addEventListener("visibilitychange", look);
})();
