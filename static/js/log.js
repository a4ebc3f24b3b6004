// 相談を記録: choosing people, the way from 1 to 5 by Enter, keys, and what fills itself in.
// Everything here is extra: the form posts and answers without it. Nothing is kept in browser storage.
(function () {
  "use strict";

  const soudan = window.soudan;
  const MINUTES_EVERY_MS = 15000;
  const PHONE = "4";
  const openedAt = Date.now();

  const $ = (selector) => document.querySelector(selector);
  const form = () => $("#log-form");
  const search = () => $("#id_clients");
  const cards = () => [...document.querySelectorAll("#log-people .ks-picked")];
  const radio = (name, value) => form().querySelector(`[name="${name}"][value="${value}"]`);
  const chosen = (name) => form().querySelector(`[name="${name}"]:checked`);

  // Fields that the writer has touched are never filled in again.
  const touched = new WeakSet();
  const fill = (field, value) => {
    if (field && !touched.has(field)) field.value = value;
  };
  const changed = () => form().dispatchEvent(new CustomEvent("soudan:changed", { bubbles: true }));

  function focusGroup(group) {
    const field = group.querySelector("input:checked") || group.querySelector("input, textarea, select");
    if (field) field.focus();
  }

  // ---- 1: people ----

  async function post(url, values) {
    const token = form().querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams({ ...values, csrfmiddlewaretoken: token }),
      headers: { "X-Requested-With": "XMLHttpRequest" },
      credentials: "same-origin",
    });
    if (answer.status !== 401) return answer;
    const again = new Promise((done) => document.addEventListener("soudan:signed-in", done, { once: true }));
    document.dispatchEvent(new CustomEvent("soudan:login"));
    await again;
    return post(url, values);
  }

  async function choose(client) {
    if (!cards().some((card) => card.dataset.client === client)) {
      const people = $("#log-people");
      let answer;
      try {
        answer = await post(people.dataset.url, { client });
      } catch {
        soudan.note("通信が切れています。つながったら、もう一度選んでください。");
        return;
      }
      if (!answer.ok) {
        soudan.note("この利用者は見つかりません。もう一度探して選んでください。");
        return;
      }
      soudan.note("");
      people.insertAdjacentHTML("beforeend", await answer.text());
    }
    radio("subject", "client").checked = true;
    clearSearch();
    peopleChanged();
    focusGroup($("#log-method"));
    changed();
  }

  function clearSearch() {
    search().value = "";
    $("#log-results").replaceChildren();
    search().setAttribute("aria-expanded", "false");
    search().removeAttribute("aria-activedescendant");
  }

  function peopleChanged() {
    const all = cards();
    const last = all[all.length - 1];
    $("#log-count").textContent =
      all.length > 1 ? `${all.length}人の相談です。1人ずつ、${all.length}件の記録になります。` : "";
    search().placeholder = all.length ? "もう1人足すときはここで探す" : "カナ・番号・電話で探す";
    if (last) fill($("#id_counterpart"), last.dataset.counterpart || "");
    const gist = last && last.querySelector("[data-gist]");
    $("#log-quote").hidden = !gist;
  }

  function remove(card) {
    card.remove();
    peopleChanged();
    search().focus();
    changed();
  }

  // Kana goes to カナ, anything else to 氏名.
  function typedName() {
    const text = search().value.trim();
    if (!text) return;
    const field = /^[\u3041-\u30ff\uff66-\uff9f\s]+$/.test(text) ? $("#id_kana") : $("#id_name");
    if (!field.value) field.value = field.id === "id_kana" ? katakana(text) : text;
  }

  function chooseKind(who) {
    if (who === "new") typedName();
    if (who !== "new") cards().forEach((card) => card.remove());
    radio("subject", who).checked = true;
    clearSearch();
    subjectChanged();
    if (who === "new") ($("#id_name").value && !$("#id_kana").value ? $("#id_kana") : $("#id_name")).focus();
    else focusGroup($(who === "anonymous" && chosen("method") ? "#log-contents" : "#log-method"));
    changed();
  }

  function subjectChanged() {
    const who = chosen("subject").value;
    if (who === "anonymous" && !chosen("method")) radio("method", PHONE).checked = true;
    peopleChanged();
    proposePart();
  }

  document.addEventListener(
    "click",
    (event) => {
      const option = event.target.closest("#log-candidates [role=option]");
      if (!option) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (option.dataset.client) choose(option.dataset.client);
      else if (option.dataset.who) chooseKind(option.dataset.who);
    },
    true,
  );

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#log button");
    if (!button) return;
    if (button.matches("[data-remove]")) remove(button.closest(".ks-picked"));
    if (button.matches("[data-choose]")) choose(button.dataset.choose);
    if (button.id === "log-quote") quote();
  });

  function quote() {
    const all = document.querySelectorAll("#log-people [data-gist]");
    const facts = $("#id_facts");
    facts.setRangeText(all[all.length - 1].textContent, facts.selectionStart, facts.selectionEnd, "end");
    facts.focus();
    changed();
  }

  // ---- keys ----

  function onSearchKey(event) {
    const list = $("#log-candidates");
    if (/^Arrow(Up|Down)$/.test(event.key) && !search().value && !list) {
      $("#log-results").append($("#log-choices").content.cloneNode(true));
      search().setAttribute("aria-expanded", "true");
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    const options = list ? [...list.querySelectorAll("[role=option]:not([aria-disabled=true])")] : [];
    if (options.some((one) => one.getAttribute("aria-selected") === "true")) return;
    if (options.length && search().value) {
      // The first one is shown as meant; only the next Enter takes it.
      options[0].setAttribute("aria-selected", "true");
      search().setAttribute("aria-activedescendant", options[0].id);
      event.stopImmediatePropagation();
    } else if (cards().length) {
      focusGroup($("#log-method"));
    }
  }

  function press(act) {
    const button = form().querySelector(`.ks-savebar [name=act][value=${act}]`);
    form().querySelector("input[name=act]").value = act;
    button.click();
  }

  // Enter in a line never saves: it goes on to the next field that can be seen.
  function goOn(field) {
    const fields = [...form().querySelectorAll("input, select, textarea, summary")].filter(
      (one) => one.getClientRects().length && !(one.type === "radio" && !one.checked && chosen(one.name)),
    );
    const next = fields[fields.indexOf(field) + 1];
    if (next) next.focus();
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (!form() || !form().contains(event.target) || soudan.composing(event)) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        press(event.shiftKey ? "next" : "save");
        return;
      }
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target === search()) return onSearchKey(event);
      if (event.key === "0" && event.target.closest("#log-method")) {
        event.preventDefault();
        press("unanswered");
      }
      if (event.key === "Enter" && event.target.matches("input:not(.btn-check), select")) {
        event.preventDefault();
        goOn(event.target);
      }
    },
    true,
  );

  // Which button was pressed stays with the form, so that a post repeated after a new log-in says the same.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#log-form button[name=act]");
    if (button) form().querySelector("input[name=act]").value = button.value;
  });

  // ---- what fills itself in ----

  function katakana(text) {
    return text.normalize("NFKC").replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
  }

  function runMinutes() {
    if (form() && !form().dataset.stopped) fill($("#id_minutes"), Math.ceil((Date.now() - openedAt) / 60000) || 1);
  }

  // A day other than today did not begin when this page was opened.
  function dateChanged(field) {
    if (field.value === field.defaultValue) return;
    form().dataset.stopped = "yes";
    fill($("#id_start"), "");
    fill($("#id_minutes"), "");
  }

  // The usual 区分 of the post gives way to what the answers say, until somebody chooses one.
  function proposePart() {
    const box = $("#log-part");
    if (touched.has(box)) return;
    const concern = $("#id_rights_concern").checked;
    const part = concern ? "rights" : box.dataset[chosen("subject").value] || box.dataset.usual;
    const wanted = radio("part", part);
    if (wanted) wanted.checked = true;
  }

  function presetChosen(value) {
    const preset = form().querySelector(`#log-next data[value="${value}"]`);
    $("#id_next_date").value = preset ? preset.dataset.day : "";
    $("#log-due").textContent = preset ? `${preset.dataset.words}・` : "";
  }

  document.addEventListener("input", (event) => {
    if (form() && form().contains(event.target)) touched.add(event.target);
  });

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!form() || !form().contains(field)) return;
    if (field.name === "subject") {
      if (field.value === "new") typedName();
      subjectChanged();
    }
    if (field.name === "part") {
      touched.add($("#log-part"));
      $("#id_business_item").value = "";
    }
    if (field.name === "rights_concern") proposePart();
    if (field.name === "next") presetChosen(field.value);
    if (field.id === "id_next_date") $("#log-due").textContent = "";
    if (field.id === "id_date") dateChanged(field);
    if (field.id === "id_kana") field.value = katakana(field.value);
  });

  // ---- a form that was just put in place ----

  function begin() {
    if (!form() || form().dataset.begun !== undefined) return;
    form().dataset.begun = "";
    $("#log").classList.add("ks-js");
    // What stood in the fields before (a draft, an answer with errors) is the writer's.
    [$("#id_start"), $("#id_minutes"), $("#id_counterpart")].forEach((field) => {
      if (field.value && document.querySelector("#log [name=seen]")) touched.add(field);
    });
    const part = chosen("part");
    if (part && part.value !== $("#log-part").dataset.usual) touched.add($("#log-part"));
    peopleChanged();
    runMinutes();
    const free = !document.activeElement || document.activeElement === document.body;
    if (cards().length && free && !$(".ks-errsum")) focusGroup($("#log-method"));
  }

  document.addEventListener("htmx:afterSwap", begin);
  window.setInterval(runMinutes, MINUTES_EVERY_MS);
  begin();
})();
