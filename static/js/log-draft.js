// 下書き: saved 0.8 seconds after the last key and when a field is left. While the network is away the text stays in the
// page, marked 未送信, and is sent when it is back. Nothing is kept in browser storage.
(function () {
  "use strict";

  const soudan = window.soudan;
  const AFTER_MS = 800;
  const AGAIN_MS = 5000;
  const AWAY = "通信が切れています。この画面に残っています(未送信)";
  const DIRTY = "まだ保存されていません";
  let timer = 0;
  let unsent = "";

  const form = () => document.getElementById("log-form");
  const box = () => document.getElementById("draft");

  function send() {
    window.clearTimeout(timer);
    timer = 0;
    if (box()) window.htmx.trigger(box(), "autosave");
  }

  function later(wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(send, wait);
  }

  function dirty(event) {
    if (!form() || !form().contains(event.target) || event.target.name === "q") return;
    soudan.draft(box(), "dirty", DIRTY);
    later(AFTER_MS);
  }
  document.addEventListener("input", dirty);
  // A person alone is no draft yet; beside one that stands, the change belongs to it.
  document.addEventListener("soudan:changed", (event) => form().querySelector("[name=seen]") && dirty(event));
  document.addEventListener("focusout", () => {
    if (timer && box()) send();
  });

  const isDraft = (event) => event.detail.elt.closest && event.detail.elt.closest("#draft");
  const isEntry = (event) => event.detail.elt === form();

  // ---- answers ----

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (isEntry(event)) soudan.clean(form());
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "draft-state") return;
    const text = event.target.querySelector("[data-text]").textContent;
    const kept = !event.target.querySelector("[name=overwrite]") && event.detail.xhr.status === 200;
    soudan.draft(box(), kept ? "saved" : "dirty", text);
    if (kept && !timer) soudan.clean(form());
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#draft [data-leave]")) soudan.clean(form());
  });

  // ---- while the network is away ----

  // The last thing asked for is asked again: saving the entry before saving the draft.
  function retry() {
    const wanted = unsent;
    unsent = "";
    if (wanted === "entry" && form()) window.htmx.trigger(form(), "submit");
    else if (wanted) send();
  }
  document.addEventListener("htmx:sendError", (event) => {
    if (!isEntry(event) && !isDraft(event)) return;
    unsent = isEntry(event) || unsent === "entry" ? "entry" : "draft";
    soudan.draft(box(), "off", AWAY);
    window.setTimeout(() => unsent && navigator.onLine && retry(), AGAIN_MS);
  });
  window.addEventListener("online", retry);
  window.addEventListener("offline", () => box() && soudan.draft(box(), "off", AWAY));
})();
