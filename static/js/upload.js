// A drop zone is a plain file input in a form; this adds dropping and a list of what was chosen.
(() => {
  "use strict";

  const megabytes = (bytes) => bytes / (1024 * 1024);

  function sizeText(bytes) {
    const format = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    return bytes < 1024 * 1024
      ? `${format.format(Math.max(1, Math.round(bytes / 1024)))} KB`
      : `${format.format(megabytes(bytes))} MB`;
  }

  function problem(file, zone) {
    const endings = zone.dataset.endings.split(",").filter(Boolean);
    const name = file.name.toLowerCase();
    if (endings.length && !endings.some((ending) => name.endsWith(ending))) {
      return zone.dataset.textKind;
    }
    const archive = name.endsWith(".zip");
    const limit = Number(archive ? zone.dataset.maxArchiveMb : zone.dataset.maxMb);
    if (limit && megabytes(file.size) > limit) return zone.dataset.textSize;
    return file.size === 0 ? zone.dataset.textEmpty : "";
  }

  function setFiles(input, files) {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function line(zone, input, file, index) {
    const item = zone.querySelector("template").content.firstElementChild.cloneNode(true);
    const fault = problem(file, zone);
    item.querySelector("[data-file-name]").textContent = file.name;
    item.querySelector("[data-file-size]").textContent = sizeText(file.size);
    item.querySelector("[data-file-problem]").textContent = fault;
    item.classList.toggle("has-problem", Boolean(fault));
    const remove = item.querySelector("[data-file-remove]");
    remove.setAttribute("aria-label", `${remove.dataset.label} ${file.name}`);
    remove.addEventListener("click", () => {
      setFiles(input, [...input.files].filter((_, place) => place !== index));
      input.focus();
    });
    return item;
  }

  function show(zone, input) {
    const list = zone.querySelector("[data-file-list]");
    list.replaceChildren(...[...input.files].map((file, index) => line(zone, input, file, index)));
    zone.classList.toggle("has-files", input.files.length > 0);
    const form = input.form;
    for (const button of form?.querySelectorAll("[data-needs-files]") || []) {
      button.disabled = ![...input.files].some((file) => !problem(file, zone));
    }
  }

  function join(zone) {
    if (zone.dataset.joined) return;
    zone.dataset.joined = "yes";
    const input = zone.querySelector("input[type=file]");
    let depth = 0; // dragenter and dragleave also fire for the children
    zone.addEventListener("dragenter", (event) => {
      event.preventDefault();
      depth += 1;
      zone.classList.add("is-over");
    });
    zone.addEventListener("dragover", (event) => event.preventDefault());
    zone.addEventListener("dragleave", () => {
      depth -= 1;
      if (depth === 0) zone.classList.remove("is-over");
    });
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      depth = 0;
      zone.classList.remove("is-over");
      const dropped = [...event.dataTransfer.files];
      if (dropped.length) setFiles(input, input.multiple ? [...input.files, ...dropped] : dropped.slice(0, 1));
    });
    input.addEventListener("change", () => show(zone, input));
    show(zone, input);
  }

  const joinAll = () => document.querySelectorAll("[data-drop-zone]").forEach(join);
  document.addEventListener("DOMContentLoaded", joinAll);
  document.addEventListener("htmx:load", joinAll);

  // The browser sends a plain form post: say how far it is, as large files take a while.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.querySelector("[data-drop-zone]") || event.defaultPrevented) return;
    form.classList.add("is-sending");
    for (const button of form.querySelectorAll("[type=submit]")) button.setAttribute("aria-busy", "true");
  });
  // Coming back, the browser may show the page as it was left.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form.is-sending")) {
      form.classList.remove("is-sending");
      for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
    }
  });
})();
