// Makes the chat page answer in place: the same forms, sent in the background. Without this file the page works as pages.
(() => {
  "use strict";

  const ask = document.getElementById("ask");
  if (!ask || !window.fetch || !window.DOMParser || !window.AbortController) return;

  const words = ask.dataset;
  const field = document.getElementById("message");
  const conversation = document.getElementById("conversation");
  const askError = document.getElementById("ask-error");
  const progress = document.getElementById("progress");
  const cprNote = document.getElementById("cpr-note");
  const TIMEOUT = 20000;
  let busy = false;
  let turns = 0;

  // --- what a screen reader is told: one text at a time, each left for a while

  const status = document.getElementById("status");
  let waiting = [];
  let telling = false;

  function announce(text, isTurn = false) {
    // A turn that was not told yet when the next one came is no longer news.
    if (isTurn) waiting = waiting.filter((other) => !other.isTurn);
    waiting.push({ text: text.replace(/\s+/g, " ").trim(), isTurn });
    if (!telling) tellNext();
  }

  function tellNext() {
    const next = waiting.shift();
    telling = next !== undefined;
    if (!telling) return;
    status.textContent = "";
    setTimeout(() => { status.textContent = next.text; setTimeout(tellNext, 1200); }, 100);
  }

  function spoken(turn) {
    const result = document.getElementById("result");
    const parts = [...turn.querySelectorAll("[data-announce]"), ...result.querySelectorAll("[data-announce]")];
    return parts.map((part) => part.textContent.trim().replace(/([^.!?:])$/, "$1.")).join(" ");
  }

  // --- CPR numbers never leave the browser; the service takes them out once more

  const DAY = "(?:0[1-9]|[12]\\d|3[01]|4[1-9]|[56]\\d|7[01])";
  const GAP = "[\\s.\\-/_·]{0,3}";
  const CPR = new RegExp(
    `(^|[^\\d,])${DAY}${GAP}(?:0[1-9]|1[0-2])${GAP}\\d{2}${GAP}\\d{2}${GAP}\\d{2}(?!\\d)`, "g");

  function asciiDigit(char) {
    const plain = char.normalize("NFKC");
    if (/^[0-9]$/.test(plain)) return plain;
    let value = 0;
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(char.codePointAt(0) - value - 1))) value += 1;
    return String(value);
  }

  function redact(text) {
    const plain = text
      .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "")
      .replace(/[‐‑‒–—―−﹘﹣－]/g, "-")
      .normalize("NFC")
      .replace(/\p{Nd}/gu, asciiDigit);
    const cleaned = plain.replace(CPR, (_, before) => before + words.cprGone);
    return cleaned === plain ? text : cleaned;
  }

  // --- sending

  async function send(form, button) {
    busy = true;
    const own = form === ask;
    const typed = form.querySelector("textarea, input[type=text]");
    hideError();
    cprNote.hidden = true;
    if (typed) {
      const cleaned = redact(typed.value);
      if (cleaned !== typed.value) {
        typed.value = cleaned;
        cprNote.hidden = false;
        announce(cprNote.textContent);
      }
    }
    const sent = field.value;
    const data = new URLSearchParams(new FormData(form));
    if (button && button.name) data.set(button.name, button.value);
    if (button) button.setAttribute("aria-disabled", "true");
    const page = await fetched(form.action, data);
    busy = false;
    if (page) {
      show(page, form, button);
      if (own && field.value === sent) field.value = "";
    }
    if (button && !button.closest(".earlier")) button.removeAttribute("aria-disabled");
  }

  // The page that answers; null where there is none, and then it is told why.
  async function fetched(address, data) {
    progress.hidden = false;
    const slow = setTimeout(() => announce(words.waiting), 1500);
    const control = new AbortController();
    const late = setTimeout(() => control.abort(), TIMEOUT);
    try {
      const answer = await fetch(address.split("#")[0], {
        method: "POST", body: data, signal: control.signal, headers: { Accept: "text/html" },
      });
      if (answer.status === 429) return showError(words.busy);
      if (!answer.ok) return showError(words.failed);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.getElementById("conversation")) return showError(words.failed);
      const problem = page.querySelector("[data-error] a");
      if (!problem) return page;
      replace(page, ["understood", "picture"]);
      carryOn(page);
      return showError(problem.textContent, problem.hash.slice(1));
    } catch {
      return showError(words.failed);
    } finally {
      clearTimeout(slow);
      clearTimeout(late);
      progress.hidden = true;
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-leave]")) return;
    event.preventDefault();
    if (busy || form.closest(".earlier")) return;
    const button = event.submitter || form.querySelector("button[type=submit]");
    const typed = form.querySelector("textarea, input[type=text]");
    if (typed && !typed.value.trim()) return showError(form === ask ? words.empty : words.choose, typed.id);
    if (typed && typed.value.length > Number(words.max)) return showError(words.tooLong, typed.id);
    const radio = form.querySelector("input[type=radio]");
    if (radio && !form.querySelector("input[type=radio]:checked")) return showError(words.choose, radio.id);
    send(form, button);
  });

  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask.requestSubmit ? ask.requestSubmit() : ask.querySelector("button[type=submit]").click();
  });

  // --- showing an answer below what was said before; what has focus is never moved in the document

  function show(page, form, button) {
    const turn = page.querySelector("#conversation .turn");
    if (!turn) return location.assign(location.pathname + location.search);
    const focused = document.activeElement;
    if (reading) stopReading();
    dropRepeated(turn);
    // At the end the answers stand in one list: the questions on the way need not stand above it as well.
    if (page.querySelector(".check, #result .eligibility")) {
      for (const old of conversation.querySelectorAll(".turn")) {
        if (old.querySelector(".reply-question, .check")) old.remove(); else old.querySelector(".question")?.remove();
      }
    }
    for (const old of conversation.querySelectorAll(".turn:not(.earlier)")) freeze(old, form, button);
    document.getElementById("intro")?.remove();
    document.querySelector("[data-error]")?.remove();
    turn.classList.add("new");
    if (!cprNote.hidden) turn.querySelector(".you")?.after(noteCopy());
    conversation.append(document.adoptNode(turn));
    replace(page, ["result", "examples", "picture", "understood", "ask-label"]);
    showTools(page, focused);
    document.querySelector("h1").className = page.querySelector("h1").className;
    document.getElementById("columns").className = page.getElementById("columns").className;
    carryOn(page);
    document.title = page.title;
    enhance();
    announce(spoken(turn), true);
    // What was pressed is gone with its part of the page: go on from the answer instead of from the top.
    const lost = focused && !focused.isConnected && document.activeElement === document.body;
    if (lost) turn.focus({ preventScroll: true });
    scrollTo(turn);
  }

  // A question that is put once more need not stand in the transcript as well.
  function dropRepeated(turn) {
    const fact = turn.querySelector("input[name=fact]")?.value;
    const old = conversation.querySelector(".turn:not(.earlier) .question");
    const again = fact && old?.querySelector("input[name=fact]")?.value === fact;
    if (again && !old.contains(document.activeElement)) old.remove();
  }

  function replace(page, ids) {
    for (const id of ids) {
      const fresh = page.getElementById(id);
      if (fresh) document.getElementById(id)?.replaceChildren(...fresh.childNodes);
    }
  }

  function noteCopy() {
    const copy = cprNote.cloneNode(true);
    copy.removeAttribute("id");
    cprNote.hidden = true;
    return copy;
  }

  function carryOn(page) {
    const state = page.querySelector("#ask input[name=state]").value;
    for (const own of document.querySelectorAll("input[name=state]")) own.value = state;
    replace(page, ["languages", "view-easy"]);
    keep();
  }

  // --- the address keeps the conversation: the part after # never leaves the browser, and a kept link goes on from it

  function keep() {
    const state = ask.querySelector("input[name=state]").value;
    const shown = document.querySelector("#result .eligibility") ? "&show=result" : "";
    history.replaceState(null, "", location.pathname + location.search + (state ? `#s=${state}${shown}` : ""));
  }

  async function goOn() {
    const kept = new URLSearchParams(location.hash.slice(1));
    if (!kept.get("s")) return;
    const data = new URLSearchParams({ state: kept.get("s"), show: kept.get("show") ?? "" });
    busy = true;
    const page = await fetched(ask.action, data);
    busy = false;
    if (page?.querySelector("#conversation .turn")) show(page, ask, null);
  }

  function showTools(page, focused) {
    const tools = document.getElementById("tools");
    const fresh = page.getElementById("tools");
    const pressed = tools.contains(focused) ? focused.value || focused.getAttribute("href") : null;
    tools.replaceChildren(...fresh.childNodes);
    if (pressed === null) return;
    const same = [...tools.querySelectorAll("button, a")].find((b) => (b.value || b.getAttribute("href")) === pressed);
    if (same) same.focus({ preventScroll: true });
  }

  function freeze(turn, form, button) {
    turns += 1;
    turn.classList.add("earlier");
    turn.classList.remove("new");
    for (const choices of turn.querySelectorAll("[data-choices]")) {
      const mine = form.contains(choices) || choices.contains(form);
      if (mine && button && choices.contains(button)) keepChosen(choices, form, button);
      else (choices.closest(".question") ?? choices).remove();
    }
    for (const hidden of turn.querySelectorAll("input[type=hidden]")) hidden.remove();
    for (const fold of turn.querySelectorAll(".onward")) if (!fold.querySelector("button")) fold.remove();
    const spent = ".field-error, .error-summary, .why, .step, .routine, .hint, .reply-question .reply-tools";
    for (const part of turn.querySelectorAll(spent)) part.remove();
    if (!turn.querySelector(".you, .question, .reply-text > *")) turn.remove();
    rename(turn, `turn-${turns}-`);
  }

  // The answer stays readable, and what was pressed stays where it is as long as it has focus.
  function keepChosen(choices, form, button) {
    const value = form.querySelector("input[type=text]")?.value
      || form.querySelector("input[type=radio]:checked")?.parentElement.textContent.trim()
      || button.textContent;
    const text = document.createElement("p");
    if (choices.closest(".question")) {
      const label = document.createElement("strong");
      label.textContent = `${words.chosen}:`;
      text.append(label, " ");
    }
    text.append(value);
    const focused = choices.contains(document.activeElement) ? document.activeElement : null;
    if (!focused) return choices.replaceWith(text);
    for (const part of choices.querySelectorAll("button, input, label, h3, li")) {
      if (!part.contains(focused)) part.remove();
    }
    for (const form of choices.querySelectorAll("form")) if (!form.contains(focused)) form.remove();
    for (const group of choices.querySelectorAll("[role=group]")) group.removeAttribute("role");
    focused.setAttribute("aria-disabled", "true");
    if (focused === button) button.type = "button"; else focused.readOnly = true;
    const lead = text.cloneNode(true);
    if (value === focused.textContent) lead.lastChild.remove();
    choices.prepend(lead);
    choices.classList.add("pressed");
    focused.addEventListener("blur", () => setTimeout(() => choices.replaceWith(text)), { once: true });
  }

  // Ids of an earlier turn get a prefix, so that those of the newest are the only ones.
  function rename(turn, prefix) {
    turn.removeAttribute("id");
    for (const part of [turn, ...turn.querySelectorAll("*")]) {
      for (const name of ["aria-labelledby", "aria-describedby", "for", "id"]) {
        const value = part.getAttribute(name);
        if (value) part.setAttribute(name, value.split(" ").map((id) => prefix + id).join(" "));
      }
    }
  }

  function scrollTo(part) {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    part.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  }

  // --- errors: said, shown above the box, tied to their field; nothing typed is lost

  function showError(text, id) {
    const target = (id && document.getElementById(id)) || field;
    hideError();
    const box = document.createElement("div");
    box.className = "error-summary";
    const heading = document.createElement("h2");
    heading.textContent = words.heading;
    const line = document.createElement("p");
    const link = document.createElement("a");
    link.href = `#${target.id}`;
    link.id = "script-error";
    link.textContent = text;
    line.append(link);
    box.append(heading, line);
    (target.closest(".question") || askError).prepend(box);
    if (target.matches("input, textarea")) {
      target.setAttribute("aria-invalid", "true");
      target.dataset.describedby = target.getAttribute("aria-describedby") || "";
      target.setAttribute("aria-describedby", `${target.dataset.describedby} script-error`.trim());
    }
    announce(`${words.heading}. ${text}`);
    const view = box.getBoundingClientRect();
    if (view.top < 0 || view.bottom > window.innerHeight) scrollTo(box);
    return null;
  }

  function hideError() {
    document.getElementById("script-error")?.closest(".error-summary").remove();
    for (const part of document.querySelectorAll("[data-describedby]")) {
      part.removeAttribute("aria-invalid");
      if (part.dataset.describedby) part.setAttribute("aria-describedby", part.dataset.describedby);
      else part.removeAttribute("aria-describedby");
      delete part.dataset.describedby;
    }
  }

  // --- reading aloud, each part by a voice of its own language; where there is none, nothing is offered

  const speech = "speechSynthesis" in window ? window.speechSynthesis : null;
  let reading = null;

  function readable(turn) {
    const inTurn = "h2:not(.visually-hidden), .lead, .reply-text p, .reply-text li, .check > p:not(.reply-tools), .check .fact, .question h3, .radio label, "
      + ".choices button, .reply-clarify ~ .more button";
    const inResult = "[data-announce], .scheme-short, .scheme-short + p";
    const result = turn.matches(".earlier") ? [] : document.getElementById("result").querySelectorAll(inResult);
    return [...turn.querySelectorAll(inTurn), ...result].filter((part) => part.textContent.trim() && voiceFor(part) !== null);
  }

  // The voice for a part of the page; undefined while the browser has not said which it has, null where it has none.
  function voiceFor(part) {
    const voices = speech.getVoices();
    if (!voices.length) return undefined;
    const lang = langOf(part);
    return voices.find((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === lang) ?? null;
  }

  function langOf(part) {
    return part.closest("[lang]").lang.toLowerCase().split("-")[0];
  }

  function stopReading() {
    speech.cancel();
    if (reading) reading.textContent = reading.dataset.start;
    reading = null;
  }

  function read(button) {
    const again = reading === button;
    stopReading();
    if (again) return;
    const parts = readable(button.closest(".turn"));
    if (!parts.length) return;
    reading = button;
    button.dataset.start = button.textContent;
    button.textContent = button.dataset.stop;
    parts.forEach((part, index) => {
      const voice = voiceFor(part);
      const spoken = new SpeechSynthesisUtterance(part.textContent.replace(/\s+/g, " ").trim());
      spoken.lang = voice ? voice.lang : langOf(part);
      if (voice) spoken.voice = voice;
      if (index === parts.length - 1) spoken.onend = spoken.onerror = () => { if (reading === button) stopReading(); };
      speech.speak(spoken);
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-read]");
    if (button) read(button);
  });

  function offerReading() {
    for (const button of document.querySelectorAll("[data-read]")) {
      button.hidden = !readable(button.closest(".turn")).length;
    }
  }

  function enhance() {
    if (speech) offerReading();
    for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;
  }

  if (speech) {
    window.addEventListener("pagehide", stopReading);
    speech.addEventListener?.("voiceschanged", offerReading);
  }
  window.addEventListener("hashchange", () => {
    if (new URLSearchParams(location.hash.slice(1)).get("s")) location.reload();
  });
  enhance();
  if (ask.querySelector("input[name=state]").value) keep(); else goOn();
})();
