// The reader's own view of every page: text size and contrast, kept in this browser only once changed. Also print and copy.
(() => {
  "use strict";

  const root = document.documentElement;
  const PERCENT = [87.5, 100, 112.5, 125, 150, 175, 200];
  const NORMAL = PERCENT.indexOf(100);

  // A browser may refuse to remember; the page then looks as it does by itself.
  function kept(name) {
    try { return localStorage.getItem(name); } catch { return null; }
  }

  function keep(name, value) {
    try { value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value); } catch { /* not kept */ }
  }

  function size() {
    const number = Number.parseInt(root.dataset.size ?? NORMAL, 10);
    return Number.isInteger(number) ? Math.min(Math.max(number, 0), PERCENT.length - 1) : NORMAL;
  }

  function showSize(number) {
    if (number === NORMAL) delete root.dataset.size; else root.dataset.size = number;
  }

  function showContrast(high) {
    if (high) root.dataset.contrast = "high"; else delete root.dataset.contrast;
  }

  // At once, before anything is drawn.
  if (/^[0-6]$/.test(kept("view-size") ?? "")) showSize(Number(kept("view-size")));
  showContrast(kept("view-contrast") === "high");

  let announce = () => {};
  let announcing;

  function change(panel, what) {
    if (what === "contrast") {
      const high = root.dataset.contrast !== "high";
      showContrast(high);
      keep("view-contrast", high ? "high" : null);
      panel.querySelector("[data-view=contrast]").setAttribute("aria-pressed", String(high));
      announce(high ? panel.dataset.contrastOn : panel.dataset.contrastOff);
      return;
    }
    const step = { smaller: -1, larger: 1 }[what];
    showSize(step ? Math.min(Math.max(size() + step, 0), PERCENT.length - 1) : NORMAL);
    keep("view-size", size() === NORMAL ? null : String(size()));
    announce(panel.dataset.size.replace("#", String(PERCENT[size()]).replace(".", ",")));
  }

  // A menu lies over the page, so it closes when something else is used.
  function closeMenus(used) {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(used)) menu.open = false;
  }

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      announce(button.dataset.copied);
      button.textContent = button.dataset.copied;
    } catch {
      announce(button.dataset.failed);
      button.textContent = button.dataset.failed;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const status = document.getElementById("status");
    announce = (text) => {
      clearTimeout(announcing);
      status.textContent = "";
      announcing = setTimeout(() => { status.textContent = text; }, 100);
    };

    const panel = document.getElementById("view");
    panel.hidden = false;
    panel.querySelector("[data-view=contrast]").setAttribute("aria-pressed", String(root.dataset.contrast === "high"));
    for (const part of document.querySelectorAll("[data-print], [data-copy]")) part.hidden = false;

    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-view], [data-print], [data-copy]");
      if (button?.dataset.view) change(panel, button.dataset.view);
      else if (button?.hasAttribute("data-print")) window.print();
      else if (button) copy(button);
      closeMenus(event.target);
      // The address keeps the conversation, so a jump within the page must not write its own name there.
      const jump = event.target.closest("a[href^='#']");
      const target = jump && document.getElementById(jump.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      target.focus();
      target.scrollIntoView({ block: "start" });
    });

    document.addEventListener("focusin", (event) => closeMenus(event.target));

    document.addEventListener("keydown", (event) => {
      const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
      if (!menu) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
})();
