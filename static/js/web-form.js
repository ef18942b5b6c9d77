// The report in the browser: kept as it is typed, rows pasted from Excel, look-up of smelters.
(() => {
  "use strict";
  const form = document.getElementById("web-form");
  if (!form) return;
  const state = form.querySelector("[data-save-state]");
  const changed = new Map();
  const AT_ONCE = 300;
  let timer = 0;
  let running = false;

  function token() {
    return form.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  function tell(words, failed = false) {
    if (!state) return;
    state.textContent = words;
    state.classList.toggle("is-failed", failed);
  }

  async function post(url, values) {
    const body = new URLSearchParams(values);
    const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch" };
    const answer = await fetch(url, { method: "POST", headers, body, credentials: "same-origin" });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.message || "");
    return told;
  }

  async function save() {
    if (running || changed.size === 0) return;
    running = true;
    const part = [...changed].slice(0, AT_ONCE);
    for (const [name] of part) changed.delete(name);
    tell(form.dataset.textSaving);
    try {
      const told = await post(form.action, part);
      if (changed.size === 0) tell(told.saved);
    } catch (error) {
      for (const [name, value] of part) if (!changed.has(name)) changed.set(name, value);
      tell(error.message || form.dataset.textFailed, true);
      running = false;
      later(5000);
      return;
    }
    running = false;
    if (changed.size) save();
  }

  function later(wait = 600) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  function note(field) {
    if (!field.name || field.name === "csrfmiddlewaretoken") return;
    changed.set(field.name, field.value);
    later();
  }

  form.addEventListener("input", (event) => note(event.target));
  form.addEventListener("change", (event) => note(event.target));
  window.addEventListener("beforeunload", (event) => {
    if (changed.size || running) event.preventDefault();
  });
  // What is typed last goes along with the whole form; nothing is left to be kept separately.
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button || button.name !== "check") return;
    event.preventDefault();
    while (changed.size || running) {
      await save();
      if (state && state.classList.contains("is-failed")) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    const check = document.createElement("form");
    check.method = "post";
    check.action = `${form.action}check/`;
    check.append(form.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
    document.body.append(check);
    check.submit();
  });

  // --- Rows ----------------------------------------------------------------------------------------
  function addRow(table) {
    const last = table.tBodies[0].rows[table.tBodies[0].rows.length - 1];
    const row = last.cloneNode(true);
    const key = `x${Math.random().toString(36).slice(2, 12)}`;
    const before = last.dataset.row;
    row.dataset.row = key;
    for (const field of row.querySelectorAll("input, select")) {
      field.name = field.name.replace(`-${before}-`, `-${key}-`);
      field.value = "";
    }
    for (const list of row.querySelectorAll(".lookup-list")) list.remove();
    table.tBodies[0].append(row);
    return row;
  }

  document.addEventListener("click", async (event) => {
    const add = event.target.closest("[data-add-row]");
    const remove = event.target.closest("[data-remove-row]");
    if (add) {
      const table = form.querySelector(`[data-grid="${add.dataset.addRow}"]`);
      addRow(table).querySelector("input").focus();
    } else if (remove) {
      const row = remove.closest("tr");
      const kind = row.closest("table").dataset.grid;
      for (const field of row.querySelectorAll("input, select")) changed.delete(field.name);
      if (row.parentElement.rows.length === 1) addRow(row.closest("table"));
      row.remove();
      try {
        tell((await post(form.dataset.removeUrl, { row: `${kind}-${row.dataset.row}` })).saved);
      } catch (error) {
        tell(error.message || form.dataset.textFailed, true);
      }
    }
  });

  // --- Cells copied in Excel: lines and tabs ---------------------------------------------------------
  form.addEventListener("paste", (event) => {
    const cell = event.target.closest("[data-grid] td");
    const pasted = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!cell || !/[\t\n]/.test(pasted)) return;
    event.preventDefault();
    const table = cell.closest("table");
    const column = cell.cellIndex;
    let row = cell.closest("tr");
    for (const line of pasted.split("\n")) {
      line.split("\t").forEach((value, offset) => {
        const target = row.cells[column + offset];
        const field = target && target.querySelector("input, select");
        if (!field) return;
        put(field, value.trim());
      });
      row = row.nextElementSibling || addRow(table);
    }
  });

  function put(field, value) {
    if (field.tagName === "SELECT" && value) {
      const wanted = value.toLowerCase();
      const known = [...field.options].find(
        (one) => one.value.toLowerCase() === wanted || one.textContent.toLowerCase() === wanted,
      );
      if (!known) field.append(new Option(value, value));
      field.value = known ? known.value : value;
    } else {
      field.value = value;
    }
    note(field);
  }

  // --- Look-up ---------------------------------------------------------------------------------------
  let asked = 0;
  function close() {
    for (const list of form.querySelectorAll(".lookup-list")) list.remove();
  }

  async function offer(field) {
    const row = field.closest("tr");
    const metal = row.querySelector(".is-metal select").value;
    close();
    if (!metal || field.value.trim().length < 2) return;
    const number = (asked += 1);
    const query = new URLSearchParams({ metal, q: field.value });
    const answer = await fetch(`${form.dataset.lookupUrl}?${query}`, { credentials: "same-origin" });
    if (!answer.ok || number !== asked) return;
    const { found } = await answer.json();
    if (!found.length || document.activeElement !== field) return;
    const list = document.createElement("ul");
    list.className = "lookup-list";
    for (const one of found) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `${one.name} · ${one.cid} · ${one.country}`;
      button.addEventListener("click", () => {
        put(row.querySelector(".is-cid input"), one.cid);
        put(field, one.name);
        put(row.querySelector(".is-country input"), one.country);
        close();
        field.focus();
      });
      item.append(button);
      list.append(item);
    }
    field.parentElement.append(list);
  }

  let wait = 0;
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[data-lookup]")) return;
    clearTimeout(wait);
    wait = setTimeout(() => offer(event.target), 250);
  });
  form.addEventListener("keydown", (event) => {
    const list = form.querySelector(".lookup-list");
    if (!list) return;
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") (buttons[at + 1] || buttons[0]).focus();
    else if (event.key === "ArrowUp") (buttons[at - 1] || buttons[buttons.length - 1]).focus();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".lookup-cell")) close();
  });
})();
