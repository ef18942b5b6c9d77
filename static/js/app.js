// What every page has: keyboard, confirm dialog, messages, the bar that shows something is going on.
(() => {
  "use strict";

  // --- Keyboard: "/" searches, "?" lists the keys, "g" then a letter goes somewhere ---------------
  const typing = (element) =>
    element && (element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName));
  let goPressedAt = 0;

  function openKeys() {
    const dialog = document.getElementById("keys-dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }

  function goTo(key) {
    const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    if (link) link.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const search = document.getElementById("global-search");
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "?") {
      openKeys();
    } else if (event.key === "g") {
      goPressedAt = event.timeStamp;
    } else if (event.timeStamp - goPressedAt < 1200) {
      goPressedAt = 0;
      goTo(event.key);
    }
  });

  // --- Dialogs ------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open-dialog]");
    if (opener) document.getElementById(opener.dataset.openDialog)?.showModal();
    const closer = event.target.closest("[data-close-dialog]");
    if (closer) closer.closest("dialog").close();
    if (event.target.nodeName === "DIALOG") event.target.close(); // a click beside it
  });

  // --- Confirm: data-confirm on a form or button, hx-confirm on htmx elements ---------------------
  const confirmDialog = () => document.getElementById("confirm-dialog");

  function ask(source, text, proceed) {
    const dialog = confirmDialog();
    const button = dialog.querySelector("[data-confirm-yes]");
    dialog.querySelector("[data-confirm-title]").textContent =
      source.dataset.confirmTitle || dialog.dataset.title;
    dialog.querySelector("[data-confirm-text]").textContent = text;
    button.textContent = source.dataset.confirmYes || dialog.dataset.yes;
    button.classList.toggle("btn-danger", source.dataset.confirmTone === "danger");
    button.classList.toggle("btn-primary", source.dataset.confirmTone !== "danger");
    dialog.onclose = () => {
      dialog.onclose = null;
      if (dialog.returnValue === "yes") proceed();
    };
    dialog.returnValue = "";
    dialog.showModal();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const source = event.submitter?.dataset.confirm ? event.submitter : form;
    if (!source.dataset.confirm || form.dataset.confirmed === "yes") {
      delete form.dataset.confirmed;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const submitter = event.submitter;
    ask(source, source.dataset.confirm, () => {
      form.dataset.confirmed = "yes";
      form.requestSubmit(submitter);
    });
  }, true);

  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.elt, event.detail.question, () => event.detail.issueRequest(true));
  });

  // --- Messages: those of the page fade by themselves unless they are errors ----------------------
  function watchMessage(message) {
    if (message.dataset.stays === "yes") return;
    const leave = () => {
      if (message.matches(":hover, :focus-within")) setTimeout(leave, 3000);
      else message.remove();
    };
    setTimeout(leave, 7000);
  }

  function showMessage(text, tone) {
    const template = document.getElementById("message-template");
    const message = template.content.firstElementChild.cloneNode(true);
    message.classList.add(`tone-${tone}`);
    message.dataset.stays = tone === "now" ? "yes" : "no";
    message.querySelector("[data-message-text]").textContent = text;
    document.getElementById("messages").append(message);
    watchMessage(message);
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss-message]")) event.target.closest(".message").remove();
  });
  // The server adds a message to a page part with the header HX-Trigger: {"message": {...}}.
  document.addEventListener("message", (event) => {
    showMessage(event.detail.text, event.detail.tone || "info");
  });
  const texts = () => document.getElementById("messages").dataset;
  document.addEventListener("htmx:sendError", () => showMessage(texts().offline, "now"));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    const kind = status === 403 ? "forbidden" : status === 429 ? "busy" : "failed";
    showMessage(texts()[kind], "now");
  });

  // --- Something is going on ----------------------------------------------------------------------
  let running = 0;
  let barTimer = 0;
  const bar = () => document.getElementById("activity-bar");
  const quiet = (event) => event.detail.elt.closest("[data-quiet]");
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (quiet(event)) return;
    running += 1;
    barTimer = barTimer || setTimeout(() => bar().removeAttribute("hidden"), 300);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (quiet(event)) return;
    running = Math.max(0, running - 1);
    if (running) return;
    clearTimeout(barTimer);
    barTimer = 0;
    bar().setAttribute("hidden", "");
  });

  // --- Focus: where the part one stands in is replaced, it stays near -----------------------------
  // htmx finds the new element by its id; what has none or is gone hands the focus to the next of
  // its kind (data-next-focus names it) or to the part itself.
  const leftParts = new WeakMap(); // by request: several may be under way
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.contains(document.activeElement)) leftParts.set(detail.xhr, detail.target.id);
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const part = document.getElementById(leftParts.get(detail.xhr) || "");
    if (!part || document.activeElement !== document.body) return;
    const wanted = part.dataset.nextFocus;
    const next = wanted && document.querySelector(`#${CSS.escape(part.id)} ~ * ${wanted}`);
    if (!next) part.tabIndex = -1;
    (next || part).focus({ preventScroll: !next });
  });

  // --- Filters: a select applies at once, typing when it pauses or on Enter -----------------------
  let typingTimer = 0;
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-apply-on-change]");
    if (!form || /^(search|text)$/.test(event.target.type)) return;
    if (event.target === typedDate) datesWait = true;
    else form.requestSubmit();
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-apply-on-change][hx-boost]");
    if (!form || event.isComposing || !/^(search|text)$/.test(event.target.type)) return;
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => form.isConnected && form.requestSubmit(), 450);
  });

  // To the browser a half-typed year (0002, 0020) is a date already. So a date that is typed waits
  // until one leaves the dates of the form or presses Enter; one that is picked applies at once.
  let typedDate = null;
  let datesWait = false;
  const isDate = (element) => element?.type === "date";
  document.addEventListener("keydown", (event) => {
    if (isDate(event.target) && !/^(Tab|Enter)$/.test(event.key)) typedDate = event.target;
  });
  document.addEventListener("pointerdown", () => { typedDate = null; });
  document.addEventListener("submit", () => { datesWait = false; });
  document.addEventListener("focusout", (event) => {
    if (!datesWait || !isDate(event.target)) return;
    const form = event.target.form;
    if (isDate(event.relatedTarget) && event.relatedTarget.form === form) return;
    datesWait = false;
    if (form.isConnected) form.requestSubmit();
  });

  // Addresses name only the filters that are on, so that they stay readable when shared.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.matches("form[data-apply-on-change]")) return;
    for (const [name, value] of [...event.detail.formData.entries()]) {
      if (value === "") event.detail.formData.delete(name);
    }
  });

  // --- Tabs: on a narrow screen the open one is brought into sight ---------------------------------
  function showOpenTab() {
    for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
      const bar = tab.parentElement;
      bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
    }
  }
  document.addEventListener("htmx:afterSettle", showOpenTab);
  document.addEventListener("DOMContentLoaded", showOpenTab);

  // --- Rows open on click, where they are not a link or button already ----------------------------
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, label, select, summary")) return;
    if (window.getSelection().toString()) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
    else window.location.assign(row.dataset.href);
  });

  // --- Language: the address may have changed since the page was made -----------------------------
  document.addEventListener("submit", (event) => {
    const next = event.target.elements.next;
    if (!next || !event.target.getAttribute("action")?.endsWith("/i18n/setlang/")) return;
    next.value = window.location.pathname + window.location.search;
  });

  // --- Copy, print --------------------------------------------------------------------------------
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      await navigator.clipboard.writeText(copy.dataset.copy);
      showMessage(texts().copied, "verified");
    }
    if (event.target.closest("[data-print]")) window.print();
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("#messages .message").forEach(watchMessage);
  });
})();
