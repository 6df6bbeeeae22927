// The guide as an element on another site: <kompensation-chat>. In the light DOM, so that the site's read-aloud tools see it.
// It makes no HTML from strings, styles nothing inline and stores nothing, so it runs under a strict policy; see docs/widget.md.
(() => {
  "use strict";

  if (!window.customElements || !window.fetch || !window.AbortController || !window.HTMLDialogElement
    || customElements.get("kompensation-chat")) return;

  // What is shown before it is opened, by language; filled in by assistant/web/widget.py.
  const WORDS = {};

  const script = document.currentScript || document.querySelector("script[src*='widget.js']");
  const BASE = new URL(".", script.src).href;
  const TIMEOUT = 20000;
  const LONGEST = 2000;
  const NARROW = window.matchMedia("(max-width: 40em), (max-height: 30em)");
  const DUSK = window.matchMedia("(prefers-color-scheme: dark)");
  let instances = 0;
  let inlined = 0;

  // --- making elements

  function el(kind, given = {}, ...parts) {
    const [tag, ...classes] = kind.split(".");
    const made = document.createElement(tag);
    for (const name of classes) made.classList.add(`kc-${name}`);
    for (const [name, value] of Object.entries(given)) {
      if (name === "click") made.addEventListener("click", () => value(made));
      else if (value === true) made.setAttribute(name, "");
      else if (value || value === 0) made.setAttribute(name, value);
    }
    made.append(...parts.flat().filter(Boolean));
    return made;
  }

  const DRAWN = {
    eligible: "M22 12a10 10 0 1 1-20 0a10 10 0 1 1 20 0M7 12.5l3.5 3.5L17 9",
    assess: "M12 3v17M7 20h10M4 7h16M4 7l-2.5 7h5zM20 7l-2.5 7h5z",
    unknown: "M22 12a10 10 0 1 1-20 0a10 10 0 1 1 20 0M9 9.5a3 3 0 1 1 4.2 2.7c-.8.4-1.2 1-1.2 1.8M12 17.2v.3",
    not_eligible: "M22 12a10 10 0 1 1-20 0a10 10 0 1 1 20 0M8 8l8 8M16 8l-8 8",
    close: "M6 6l12 12M18 6L6 18",
    talk: "M4 4h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-7l-5 4v-4H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM7.5 13.5h3v-3h3v-3h3",
  };

  function icon(name) {
    const space = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(space, "svg");
    const given = { class: "kc-icon", viewBox: "0 0 24 24", width: 24, height: 24, "aria-hidden": true, focusable: false };
    for (const [key, value] of Object.entries(given)) drawing.setAttribute(key, value);
    drawing.append(document.createElementNS(space, "path"));
    drawing.firstChild.setAttribute("d", DRAWN[name]);
    return drawing;
  }

  // Easy Danish is Danish to a screen reader.
  const tag = (code) => code.replace(/-easy$/, "");

  const paragraphs = (text) => text.split("\n\n").map((part) => part.trim()).filter(Boolean);

  // A paragraph of plain text; its lines that begin with • or - are a list.
  function block(text, given, kind = "p") {
    const lead = [];
    const items = [];
    for (const line of text.split("\n").map((part) => part.trim()).filter(Boolean)) {
      if (/^(•|- )/.test(line)) items.push(line.slice(1).trim());
      else if (items.length) items.push(`${items.pop()} ${line}`);
      else lead.push(line);
    }
    return [
      lead.length ? el(kind, given, lead.join(" ")) : null,
      items.length ? list(items, given) : null,
    ];
  }

  const list = (items, given) => el("ul", given, items.map((item) => el("li", {}, item)));

  // --- the look: a stylesheet of our own, and the page's own colours

  let styled;

  function stylesheet() {
    styled ||= new Promise((done) => {
      const link = el("link", { rel: "stylesheet", href: `${BASE}widget.css` });
      link.addEventListener("load", done);
      link.addEventListener("error", done);
      document.head.append(link);
    });
    return styled;
  }

  // How light a colour of three parts is, from 0 to 1, and how two of them stand out from each other (WCAG 2).
  function luminance(rgb) {
    const [r, g, b] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  const mixed = (one, other, share) => one.map((part, at) => Math.round(part + (other[at] - part) * share));
  const css = (rgb) => `rgb(${rgb.join(", ")})`;
  const BLACK = [0, 0, 0];
  const WHITE = [255, 255, 255];
  const GROUND = { light: WHITE, dark: [16, 24, 31] };

  // The page's colour as #00537a or #057; null for anything else.
  function parsed(asked) {
    const found = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(asked.trim());
    const hex = found && found[1].replace(/^(.)(.)(.)$/, "$1$1$2$2$3$3");
    return hex && [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  }

  // Words and lines get the page's colour too, as much lighter or darker as it takes to be read on what lies behind.
  function paint(root, colour, dark) {
    const ground = dark ? GROUND.dark : GROUND.light;
    const soft = mixed(ground, colour, 0.1);
    const least = dark ? 7 : 5;
    let ink = colour;
    for (let share = 0.1; share <= 1 && contrast(ink, soft) < least; share += 0.1) ink = mixed(colour, dark ? WHITE : BLACK, share);
    const given = { fill: colour, "on-fill": contrast(colour, WHITE) > 4.5 ? WHITE : BLACK, brand: ink, "brand-soft": soft };
    for (const [name, value] of Object.entries(given)) root.style.setProperty(`--kc-${name}`, css(value));
  }

  // Dark where the page around is dark, whatever made it so.
  function onDark(part) {
    for (let around = part; around; around = around.parentElement) {
      const [r, g, b, alpha = 1] = (getComputedStyle(around).backgroundColor.match(/[\d.]+/g) || []).map(Number);
      if (alpha > 0.5) return luminance([r, g, b]) < 0.18;
    }
    const scheme = getComputedStyle(document.documentElement).colorScheme || "";
    return scheme.includes("dark") && (DUSK.matches || !scheme.includes("light"));
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

  function redact(text, instead) {
    const plain = text
      .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "")
      .replace(/[‐‑‒–—―−﹘﹣－]/g, "-")
      .normalize("NFC")
      .replace(/\p{Nd}/gu, asciiDigit);
    const cleaned = plain.replace(CPR, (_, before) => before + instead);
    return cleaned === plain ? text : cleaned;
  }

  // --- asking the service: nothing that identifies anyone goes along

  async function request(path, body) {
    const control = new AbortController();
    const late = setTimeout(() => control.abort(), TIMEOUT);
    try {
      const answer = await fetch(BASE + path, {
        method: body ? "POST" : "GET",
        body: body && JSON.stringify(body),
        headers: body ? { "Content-Type": "application/json" } : {},
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: control.signal,
      });
      return { status: answer.status, content: await answer.json().catch(() => ({})) };
    } catch {
      return { status: 0, content: {} };
    } finally {
      clearTimeout(late);
    }
  }

  class KompensationChat extends HTMLElement {
    connectedCallback() {
      if (!this.root) this.build();
      this.bound ||= { key: (event) => this.escape(event), size: () => this.resize(), dusk: () => this.shade() };
      document.addEventListener("keydown", this.bound.key);
      NARROW.addEventListener("change", this.bound.size);
      DUSK.addEventListener("change", this.bound.dusk);
      stylesheet().then(() => {
        if (this.contains(this.root)) return;
        this.replaceChildren(this.root);
        this.shade();
        if (this.inline) this.load();
      });
    }

    disconnectedCallback() {
      document.removeEventListener("keydown", this.bound.key);
      NARROW.removeEventListener("change", this.bound.size);
      DUSK.removeEventListener("change", this.bound.dusk);
    }

    // --- the frame

    build() {
      instances += 1;
      this.number = instances;
      this.turns = 0;
      this.state = null;
      this.waiting = [];
      this.inline = this.dataset.position === "inline";
      const asked = (this.dataset.lang || this.closest("[lang]")?.lang || "da").toLowerCase();
      this.lang = [asked, asked.split("-")[0], "da"].find((code) => WORDS[code]);
      this.words = WORDS[this.lang];
      if (this.dataset.lang && this.lang === "da" && !asked.startsWith("da")) this.warn("data-lang");
      this.root = el(`div.${this.inline ? "inline" : this.dataset.position === "bottom-left" ? "left" : "right"}`,
        { lang: tag(this.lang), dir: this.words.direction });
      this.root.classList.add("kc");
      this.colour = this.dataset.color ? parsed(this.dataset.color) : null;
      if (this.dataset.color && !this.colour) this.warn("data-color");

      this.heading = el("h2.title", { id: this.id_("title"), tabindex: -1 }, this.words.name);
      this.body = el("div.body", this.inline ? {} : { tabindex: 0, role: "group", "aria-labelledby": this.id_("title") });
      this.status = el("div.unseen", { role: "status" });
      const close = el("button.close", { type: "button", click: () => this.close() }, icon("close"), this.words.close);
      // On a wide screen the panel leaves the page in use, so it is a dialog that is not modal: nothing traps the keyboard, Esc
      // closes it. Where it covers the whole page (a phone, 400 % zoom) it is modal, or the keyboard would walk behind it. Opening
      // moves focus to its heading: a screen reader says the name and reads on from there, and no keyboard jumps up on a phone.
      this.panel = el(this.inline ? "section.panel" : "dialog.panel", this.named(),
        el("div.header", {}, this.heading, this.inline ? null : close), this.body, this.status);
      this.root.append(this.panel);
      if (this.inline) return;
      this.launcher = el("button.launcher", { type: "button", "aria-haspopup": "dialog", click: () => this.open() },
        icon("talk"), el("span", {}, this.words.open));
      this.root.prepend(this.launcher);
      this.panel.addEventListener("cancel", (event) => { event.preventDefault(); this.close(); });
      this.panel.addEventListener("close", () => { if (!this.panel.open && this.launcher.hidden) this.closed(true); });
    }

    // Regions of a page must be told apart by their names.
    named() {
      if (this.inline) inlined += 1;
      return inlined > 1 && this.inline ? { "aria-label": `${this.words.name} ${inlined}` } : { "aria-labelledby": this.id_("title") };
    }

    id_(name) { return `kc-${this.number}-${name}`; }

    warn(attribute) { console.warn(`kompensation-chat: ${attribute}="${this.getAttribute(attribute)}" is not known here`); }

    shade() {
      const dark = onDark(this.inline ? this : document.body);
      this.root.classList.toggle("kc-dark", dark);
      if (this.colour) paint(this.root, this.colour, dark);
    }

    open() {
      this.shade();
      this.launcher.hidden = true;
      this.unfold();
      this.heading.focus({ preventScroll: true });
      if (!this.texts) this.load();
    }

    unfold() { if (NARROW.matches) this.panel.showModal(); else this.panel.show(); }

    close() {
      const mine = this.panel.contains(document.activeElement);
      this.panel.close();
      this.closed(mine);
    }

    closed(mine) {
      this.launcher.hidden = false;
      this.waiting = [];
      this.status.textContent = "";
      if (mine) this.launcher.focus();
    }

    resize() {
      if (this.inline || !this.panel.open) return;
      const focused = document.activeElement;
      this.panel.close();
      this.unfold();
      focused.focus({ preventScroll: true });
    }

    // Esc belongs to the panel while focus is in it, and where the panel hides what has focus on the page.
    escape(event) {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || this.inline || !this.panel.open) return;
      const focused = document.activeElement;
      if (!this.panel.contains(focused)) {
        const [a, b] = [focused, this.panel].map((part) => part.getBoundingClientRect());
        const apart = a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
        if (focused === document.body || apart) return;
      }
      event.preventDefault();
      this.close();
    }

    // --- the texts of the conversation, fetched when it is opened

    t(key, given = {}) { return this.texts[key].replace(/%\((\w+)\)s/g, (whole, name) => given[name] ?? whole); }

    async load() {
      if (this.loading) return;
      this.loading = true;
      const retried = this.body.contains(document.activeElement);
      this.body.replaceChildren(el("p.progress", {}, this.words.loading));
      if (retried) this.heading.focus({ preventScroll: true });
      const asked = new URLSearchParams({ lang: this.lang });
      for (const name of ["municipality", "topic"]) if (this.dataset[name]) asked.set(name, this.dataset[name]);
      const { status, content } = await request(`api/v1/widget?${asked}`);
      this.loading = false;
      if (status !== 200 || !content.texts) return this.unavailable();
      this.texts = content.texts;
      this.danish = content.danish;
      this.municipality = content.municipality_code || undefined;
      for (const name of content.unknown) this.warn(`data-${name}`);
      this.converse(content);
      if (content.topic) this.send("api/v1/chat", { message: content.topic.title }, { quiet: this.inline });
      else if (!this.inline) this.announce(this.t("page.intro"));
    }

    unavailable() {
      this.body.replaceChildren(
        el("p.error", {}, this.words.unavailable),
        el("p.tools", {},
          el("button.choice", { type: "button", click: () => this.load() }, this.words.retry),
          this.away(`${BASE}?lang=${this.lang}`, this.words.full)),
      );
      if (!this.inline) this.announce(this.words.unavailable);
    }

    // What leads away opens in a new window: the conversation lives in this page only.
    away(href, text, given = {}) {
      return el("a", { href, target: "_blank", rel: "noopener", ...given }, text, this.unseen(` (${this.words.window})`));
    }

    unseen(text) { return el("span.unseen", { lang: tag(this.lang) }, text); }

    // --- the parts that stay for the whole conversation

    converse(content) {
      this.log = el("div.log");
      this.picture = el("details.fold", { hidden: true }, el("summary", {}, el("h3", {}, this.t("page.picture.heading"))), el("div"));
      this.understood = el("details.fold", { hidden: true }, el("summary", {}, el("h3")), el("ul.facts"));
      const site = this.municipality ? `&kommune=${this.municipality}` : "";
      this.full = this.away(`${BASE}?lang=${this.lang}${site}`, this.words.full);
      const full = el("p.small", {}, this.full);
      this.body.replaceChildren(this.intro(content), this.log, this.picture, this.understood, full);
      this.start = () => this.intro(content);

      const tool = (key, act) => el("button.tool", { type: "button", click: act }, this.t(key));
      this.back = tool("page.back.button", () => this.say(this.danish["page.back.say"], { label: this.t("page.back.button") }));
      this.restart = tool("page.restart", () => this.beginAgain());
      this.back.hidden = true;
      this.restart.hidden = true;
      this.field = el("textarea.field", {
        id: this.id_("message"), rows: 2, maxlength: LONGEST * 2, autocomplete: "off", enterkeyhint: "send",
        "aria-describedby": this.id_("hint"),
      });
      this.field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.typed();
      });
      this.label = el("label.label", { for: this.id_("message") }, this.t("page.ask.label"));
      this.hint = el("p.hint", { id: this.id_("hint") }, `${this.t("page.ask.hint")} ${this.t("page.ask.hint_enter")}`);
      this.progress = el("p.progress", { hidden: true }, this.t("page.sending"));
      this.trouble = el("div");
      this.note = null;
      this.ask = el("div.ask", {}, this.progress, this.trouble, this.label, this.hint,
        el("div.row", {}, this.field, el("button.send", { type: "button", click: () => this.typed() }, this.t("page.ask.send"))),
        el("div.tools", {}, this.back, this.restart,
          tool("page.human.button", () => this.say(this.danish["page.human.say"], { label: this.t("page.human.button") }))));
      this.body.after(this.ask);
    }

    intro(content) {
      const offers = content.examples.map((example) => this.offer(example.label, example.say));
      return el("div.intro", {},
        el("p", {}, this.t("page.intro")),
        content.municipality ? el("p", {}, content.municipality) : null,
        el("p.small", {}, `${this.t("page.footer.guidance")} ${this.t("page.footer.privacy")}`),
        el("div.once", {},
          el("h3", { id: this.id_("examples") }, this.t("page.examples.heading")),
          this.choices(offers, this.id_("examples")),
          el("h3", {}, this.t("page.begin.heading")),
          el("p", {}, this.t("page.begin.text")),
          this.choices([this.offer(this.t("page.begin.button"), this.danish["page.begin.say"])])));
    }

    beginAgain() {
      if (this.busy) return;
      this.remember(null);
      this.log.replaceChildren();
      this.body.querySelector(".kc-intro").replaceWith(this.start());
      this.clearTrouble();
      this.settle({ understood: [] });
      this.restart.hidden = true;
      this.announce(this.t("chat.restarted"), true);
      this.heading.focus({ preventScroll: true });
      this.body.scrollTop = 0;
    }

    // --- what the visitor does

    typed() {
      if (this.busy) return;
      const cleaned = redact(this.field.value, this.t("page.cpr.gone"));
      this.clearTrouble();
      this.note = cleaned === this.field.value ? null : el("p.note", {}, this.t("page.cpr.note"));
      if (this.note) {
        this.field.value = cleaned;
        this.trouble.append(this.note);
        this.announce(this.note.textContent);
      }
      const message = cleaned.trim();
      if (!message) return this.refuse(this.t("error.empty_message"));
      if (message.length > LONGEST) return this.refuse(this.t("error.too_long"));
      this.say(message, { sent: this.field.value });
    }

    refuse(text) {
      this.showTrouble(text);
      this.field.setAttribute("aria-invalid", "true");
      this.field.setAttribute("aria-describedby", `${this.id_("hint")} ${this.id_("trouble")}`);
    }

    say(message, how = {}) {
      const you = how.label || message;
      return this.send("api/v1/chat", { message }, { you, youLabel: this.t("page.you_wrote"), ...how });
    }

    answer(fact, option, button) {
      const you = option.label;
      return this.send("api/v1/chat", { answer: { fact, value: option.value } }, { you, youLabel: `${this.t("page.chosen")}:`, button });
    }

    correct(fact, ask) { return this.send("api/v1/chat/correct", { fact, ask }, {}); }

    async send(path, body, how) {
      if (this.busy) return;
      this.busy = true;
      if (!how.sent) this.clearTrouble();
      if (how.button) how.button.setAttribute("aria-disabled", "true");
      this.progress.hidden = false;
      const slow = setTimeout(() => { if (!how.quiet) this.announce(this.t("page.sending")); }, 1500);
      const { status, content } = await request(path, { ...body, state: this.state, lang: this.lang, municipality: this.municipality });
      clearTimeout(slow);
      this.progress.hidden = true;
      this.busy = false;
      if (status === 200 && content.state) return this.show(content, how);
      if (how.button) how.button.removeAttribute("aria-disabled");
      const wrong = content.errors?.[0];
      if (wrong?.field === "state") this.remember(null);
      this.showTrouble(
        wrong?.field === "state" ? this.t("page.error.state")
          : status === 429 ? this.t("page.error.busy")
          : wrong ? wrong.message
          : navigator.onLine === false ? this.t("widget.offline")
          : this.t("page.error.failed"),
        () => this.send(path, body, how));
    }

    showTrouble(text, again) {
      this.trouble.querySelector(".kc-error")?.remove();
      const retry = again && el("button.choice", { type: "button", click: again }, this.t("page.error.heading"));
      this.trouble.append(el("div.error", {}, el("p", { id: this.id_("trouble") }, text), retry));
      this.announce(text);
    }

    clearTrouble() {
      this.trouble.replaceChildren();
      this.field.removeAttribute("aria-invalid");
      this.field.setAttribute("aria-describedby", this.id_("hint"));
    }

    // The state goes with the link to the full page in its fragment, which no server sees.
    remember(state) {
      this.state = state;
      this.full.hash = state ? `s=${state}` : "";
    }

    // --- showing a reply below what was said before; what has focus is never moved in the document

    show(reply, how) {
      const focused = document.activeElement;
      const mine = this.root.contains(focused);
      this.remember(reply.state);
      if (how.sent !== undefined && this.field.value === how.sent) this.field.value = "";
      this.freeze(reply, how);
      const turn = this.turn(reply, how);
      this.clearTrouble();
      this.log.append(turn);
      this.settle(reply);
      if (!how.quiet) {
        this.announce(this.spoken(turn), true);
        this.scrollTo(turn);
      }
      // What was pressed is gone with its part: go on from the answer instead of from the top of the page.
      if (mine && (!focused.isConnected || focused.closest("[hidden]"))) turn.focus({ preventScroll: true });
    }

    // What could be pressed before is taken away; a question that is put once more need not stand twice.
    freeze(reply, how) {
      const old = this.log.lastElementChild;
      for (const part of [...this.root.querySelectorAll(".kc-once")]) {
        if (how.button && part.contains(how.button)) this.keepChosen(part, how);
        else part.remove();
      }
      const question = old?.querySelector(".kc-question");
      const again = question && question.dataset.fact === reply.next_question?.fact;
      if (again && !question.contains(document.activeElement)) question.remove();
      question?.classList.add("kc-done");
      if (old && !old.querySelector(".kc-you, .kc-question, .kc-said")) old.remove();
    }

    // The answer stays readable, and what was pressed stays where it is as long as it has focus.
    keepChosen(part, how) {
      const { button, you, youLabel } = how;
      const text = el("p.you", {}, el("strong", {}, youLabel), ` ${you}`);
      if (document.activeElement !== button) return part.replaceWith(text);
      for (let at = button; at !== part; at = at.parentElement) {
        for (const other of [...at.parentElement.children]) {
          if (other.matches("summary")) other.hidden = true;
          else if (other !== at) other.remove();
        }
      }
      for (const group of [part, ...part.querySelectorAll("[role]")]) group.removeAttribute("role");
      part.classList.remove("kc-once");
      part.classList.add("kc-pressed");
      part.prepend(el("strong", {}, youLabel));
      button.addEventListener("blur", () => setTimeout(() => part.replaceWith(text)), { once: true });
    }

    turn(reply, how) {
      this.turns += 1;
      const entry = reply.kind === "faq" ? reply.faq[0] : null;
      const inEntry = entry && entry.lang ? tag(entry.lang) : "da";
      const own = { ...this.foreign(inEntry) };
      const named = this.id_(`turn-${this.turns}`);
      const title = entry ? entry.title
        : reply.kind === "eligibility" ? this.t("page.result.heading")
        : reply.kind === "clarify" ? this.t("page.clarify.heading")
        : null;
      return el("div.turn", { role: "group", tabindex: -1, "aria-labelledby": named },
        how.you && !how.button ? el("p.you", {}, el("strong", {}, how.youLabel), ` ${how.you}`) : null,
        this.note,
        el(title ? "h3.said" : "h3.unseen", { id: named, ...(entry ? own : {}) }, title || this.t("page.answer")),
        entry && entry.short ? el("p.lead.said", own, entry.short) : null,
        this.replyText(reply, entry, own),
        entry ? this.behind(entry) : null,
        reply.kind === "eligibility" && reply.eligibility ? this.result(reply) : null,
        reply.next_question ? this.question(reply.next_question) : null,
        this.onward(reply, inEntry));
    }

    foreign(code) { return code === tag(this.lang) ? {} : { lang: code, dir: WORDS[code]?.direction || "ltr" }; }

    // The reply without what is shown in its own place: the title, the law, the schemes, the offers.
    replyText(reply, entry, own) {
      const told = reply.eligibility && reply.kind === "eligibility" ? reply.eligibility : { schemes: [], notices: [] };
      const elsewhere = new Set(told.notices);
      if (entry) elsewhere.add(this.t("chat.answering", entry)).add(this.t("chat.law", { law: entry.law.join("; ") }));
      const answer = new Set(entry ? paragraphs(entry.answer) : []);
      const nextStep = (text) => text.startsWith(this.t("page.next_step")) || text.startsWith(this.danish["page.next_step"]);
      const parts = paragraphs(reply.reply).filter((text) => !elsewhere.has(text)
        && !told.schemes.some((scheme) => text.startsWith(scheme.summary))
        && !(reply.kind === "clarify" && text.startsWith("•"))
        && !(this.turns > 1 && text === this.t("chat.one_question")));
      return el(entry ? "div" : `div.said${reply.kind === "crisis" ? ".crisis" : ""}`, {}, parts.flatMap((text) => {
        if (text === reply.contact?.text) return this.contact(reply.contact);
        const kind = answer.has(text) ? (nextStep(text) ? "p.next" : "p")
          : text === this.t("chat.one_question") ? "p.hint.once"
          : entry ? "p.personal.said"
          : "p";
        return block(text, answer.has(text) ? own : {}, kind);
      }));
    }

    // How to get hold of people; the page it leads to is in Danish.
    contact(found) {
      return el("p.contact.said", {}, `${found.lead} `, this.away(found.url, found.title, this.foreign("da")), found.note ? `. ${found.note}` : ".");
    }

    behind(entry) {
      const danish = this.foreign("da");
      const dated = (iso) => this.t("page.date", { year: iso.slice(0, 4), month: Number(iso.slice(5, 7)), day: Number(iso.slice(8)) });
      const source = (from) => el("li", {},
        /^https?:/.test(from.url) ? this.away(from.url, from.title) : from.title, `. ${from.publisher}, ${from.dated}.`);
      if (!entry.law.length && !entry.sources.length) return null;
      return el("details", {}, el("summary", {}, this.t("page.behind.summary")),
        entry.law.length ? [el("h4", {}, this.t("page.behind.law")), list(entry.law, danish)] : null,
        entry.sources.length ? [el("h4", {}, this.t("page.behind.sources")), el("ul", danish, entry.sources.map(source))] : null,
        el("p", {}, `${this.t("page.behind.reviewed")} ${dated(entry.reviewed_on)}`));
    }

    // A number, a date or words of one's own are typed in the box below, where the question is then the label.
    question(asked) {
      const typed = ["number", "date", "text"].includes(asked.kind);
      const named = this.id_(`question-${this.turns}`);
      const options = [...(typed ? [] : asked.options), { value: null, label: this.t("answer.dont_know") }];
      const buttons = options.map((option) => this.choice(option.label, (button) => this.answer(asked.fact, option, button)));
      return el("div.question", { "data-fact": asked.fact },
        el("h4.said", { id: named }, asked.text),
        typed ? el("p.hint.once.said", {}, this.t(`page.question.hint.${asked.kind}`)) : null,
        this.choices(buttons, named, asked.kind === "choice" ? "once" : "once.beside"),
        asked.help ? el("details.once", {}, el("summary", {}, this.t("page.question.why")), el("p", {}, asked.help)) : null);
    }

    choice(label, act, given = {}) {
      const pressed = (button) => { if (button.getAttribute("aria-disabled") !== "true") act(button); };
      return el("button.choice", { type: "button", click: pressed, ...given }, label);
    }

    offer(label, say = label, given = {}) {
      return this.choice(label, (button) => this.say(say, { label, button }), given);
    }

    choices(buttons, named, kind = "") {
      return el(`div.choices${kind && `.${kind}`}`, { role: named ? "group" : null, "aria-labelledby": named }, buttons);
    }

    // What else may have been meant, and what to ask about next; folded away while a question is open.
    onward(reply, inEntry) {
      const others = (reply.kind === "clarify" ? reply.faq : reply.faq.slice(1))
        .map((entry) => this.offer(entry.title, entry.title, this.foreign(tag(entry.lang || "da"))));
      const titles = reply.faq.map((entry) => entry.title);
      const next = reply.suggestions.filter((text) => !titles.includes(text))
        .map((text) => this.offer(text, text, text === this.t("chat.begin") ? {} : this.foreign(inEntry)));
      if (reply.kind === "clarify") return this.choices(others, this.id_(`turn-${this.turns}`), "once.said");
      const group = (key, offers) => {
        const named = this.id_(`${key.split(".").pop()}-${this.turns}`);
        return offers.length ? el("div", {}, el("h4", { id: named }, this.t(key)), this.choices(offers, named)) : null;
      };
      const groups = [group("page.suggestions", next), group("page.others", others)].filter(Boolean);
      if (!groups.length) return null;
      if (!reply.next_question) return el("div.once", {}, groups);
      return el("details.once", {}, el("summary", {}, this.t("page.onward")), groups);
    }

    // --- where the schemes stand: those the talk is about or that may fit are open, the others folded away

    result(reply) {
      const { schemes, deadlines, notices } = reply.eligibility;
      const told = paragraphs(reply.reply);
      const hopeful = (scheme) => ["eligible", "assess"].includes(scheme.outcome);
      const shown = schemes.filter((s) => hopeful(s) || told.some((text) => text.startsWith(s.summary)));
      const others = schemes.filter((s) => !shown.includes(s));
      const known = shown.flatMap((scheme) => scheme.deadlines.map((deadline) => deadline.id));
      const more = deadlines.filter((deadline) => !known.includes(deadline.id)).map((deadline) => deadline.text);
      return el("div.result", {},
        this.cards(shown, true),
        more.length ? [el("h4", {}, this.t("page.deadlines")), list(more)] : null,
        others.length ? el("details", {}, el("summary", {}, el("h4", {}, this.t("page.other_schemes"))), this.cards(others, false, "h5")) : null,
        reply.contact ? this.contact(reply.contact) : null,
        notices.map((notice) => el("p.small", {}, notice)));
    }

    cards(schemes, open, level = "h4") {
      const order = Object.keys(DRAWN);
      const sorted = [...schemes].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
      return sorted.map((scheme) => this.card(scheme, open, level));
    }

    card(scheme, open, level) {
      const below = `h${Number(level[1]) + 1}`;
      const whys = (outcome) => scheme.conditions.filter((c) => c.outcome === outcome).map((c) => c.why);
      const folded = (key, lines) => lines.length
        && el("details", {}, el("summary", {}, `${this.t(key)} (${lines.length})`, this.unseen(`: ${scheme.name}`)), list(lines));
      const listed = (key, lines) => (lines.length ? [el(below, {}, this.t(key)), list(lines)] : null);
      const prefix = `${scheme.name}: `;
      const laws = scheme.conditions.filter((c) => c.outcome !== "not_applicable").map((c) => c.law || c.citation);
      const hopeful = ["eligible", "assess"].includes(scheme.outcome);
      return el(`details.scheme.is-${scheme.outcome}`, { open },
        el("summary", {}, el(`${level}.said`, {}, scheme.name),
          el("span.outcome.said", {}, icon(scheme.outcome), el("strong", {}, scheme.outcome_label))),
        el("p", {}, scheme.summary.startsWith(prefix) ? scheme.summary.slice(prefix.length) : scheme.summary),
        listed("page.condition.unmet", whys("unmet")),
        listed("page.deadlines", scheme.deadlines.map((deadline) => deadline.text)),
        scheme.changes.map((change) => el("p", {}, change.text)),
        hopeful ? listed("page.scheme.next_steps", scheme.next_steps) : null,
        folded("page.condition.assess", whys("assess")),
        folded("page.condition.unknown", whys("unknown")),
        laws.length ? el("details", {}, el("summary", {}, this.t("page.scheme.law"), this.unseen(`: ${scheme.name}`)),
          list([...new Set(laws)], this.foreign("da"))) : null);
    }

    // --- what is understood, and what the box below is for now

    settle(reply) {
      const facts = reply.understood || [];
      const named = (key, label) => [this.t(key), this.unseen(`: ${label}`)];
      const tool = (key, fact, ask) =>
        el("button.tool", { type: "button", click: () => this.correct(fact.fact, ask) }, named(key, fact.label));
      this.understood.hidden = !facts.length;
      this.understood.querySelector("h3").textContent = `${this.t("page.understood.heading")} (${facts.length})`;
      this.understood.querySelector("ul").replaceChildren(...facts.map((fact) => el("li", {},
        el("span.fact", {}, el("strong", {}, `${fact.label}:`), ` ${fact.text}`),
        el("span", {}, tool("page.understood.change", fact, true), tool("page.understood.remove", fact, false)))));
      const picture = reply.eligibility && reply.kind !== "eligibility" ? reply.eligibility : null;
      this.picture.hidden = !picture;
      if (picture) {
        const notices = picture.notices.map((notice) => el("p.small", {}, notice));
        this.picture.lastElementChild.replaceChildren(...this.cards(picture.schemes, false), ...notices);
      }
      this.back.hidden = !facts.length;
      this.restart.hidden = false;
      const begun = this.log.childElementCount > 0;
      this.hint.classList.toggle("kc-unseen", begun);
      this.label.textContent = this.t(
        reply.next_question ? "page.ask.label_answer" : begun ? "page.ask.label_again" : "page.ask.label");
      this.note = null;
    }

    scrollTo(turn) {
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      const behavior = calm ? "auto" : "smooth";
      if (this.inline || this.body.scrollHeight <= this.body.clientHeight) return turn.scrollIntoView({ behavior, block: "nearest" });
      const away = turn.getBoundingClientRect().top - this.body.getBoundingClientRect().top;
      this.body.scrollTo({ top: this.body.scrollTop + away - 12, behavior });
    }

    // --- what a screen reader is told: one text at a time, each left for a while; silent while closed

    spoken(turn) {
      const told = [...turn.querySelectorAll(".kc-said")].filter((part) => !part.parentElement.closest(".kc-said, details:not([open])")
        || part.closest("summary"));
      return told.map((part) => part.textContent.trim().replace(/([^.!?:])$/, "$1.")).join(" ");
    }

    announce(text, isTurn = false) {
      if (!this.inline && !this.panel.open) return;
      // A turn that was not told yet when the next one came is no longer news.
      if (isTurn) this.waiting = this.waiting.filter((other) => !other.isTurn);
      this.waiting.push({ text: text.replace(/\s+/g, " ").trim(), isTurn });
      if (!this.telling) this.tellNext();
    }

    tellNext() {
      const next = this.waiting.shift();
      this.telling = next !== undefined;
      if (!this.telling) return;
      this.status.textContent = "";
      setTimeout(() => {
        if (this.inline || this.panel.open) this.status.textContent = next.text;
        setTimeout(() => this.tellNext(), 1200);
      }, 100);
    }
  }

  customElements.define("kompensation-chat", KompensationChat);
})();
