// The draft page: sheets, checking, saving, and the sides of the draft.
import { Checking } from "./editor/checking.js";
import { Saving } from "./editor/saving.js";
import { Sheet } from "./editor/sheet.js";

const form = document.querySelector("[data-draft]");
const writing = document.getElementById("side-text");
const side = document.getElementById("side");
const place = document.querySelector("[data-place]");
const sheets = [...document.querySelectorAll("[data-code]")].map((box) => new Sheet(box));
const checking = new Checking(form, document.getElementById("result"), (findings) => {
  for (const sheet of sheets) sheet.show(findings.filter((each) => each.file === sheet.name));
});
const saving = new Saving(form, document.getElementById("saved"));

function changed() {
  checking.soon();
  if ("editable" in form.dataset) saving.changed();
}

for (const { area } of sheets) {
  area.addEventListener("input", (event) => {
    if (!event.isComposing) changed();
  });
  area.addEventListener("compositionend", changed);
}

function chooseFile(name) {
  for (const sheet of sheets) sheet.box.hidden = sheet.name !== name;
  for (const button of document.querySelectorAll("[data-show-file]")) {
    button.setAttribute("aria-pressed", String(button.dataset.showFile === name));
  }
  const chosen = sheets.find((sheet) => sheet.name === name);
  chosen?.follow();
  return chosen;
}

let opened = 0;

async function open(tab) {
  const link = document.querySelector(`.sides [data-open="${tab}"]`);
  for (const each of document.querySelectorAll(".sides [data-open]")) each.removeAttribute("aria-current");
  link.setAttribute("aria-current", "page");
  window.history.replaceState(window.history.state, "", link.href);
  writing.hidden = tab !== "text";
  side.hidden = tab === "text";
  opened += 1;
  if (tab === "text") return;
  const mine = opened;
  const busy = document.createElement("p");
  busy.className = "hush";
  busy.textContent = side.dataset.busy;
  side.replaceChildren(busy);
  await saving.settled();
  if (mine !== opened) return;
  const values = Object.fromEntries(new FormData(form));
  await window.htmx.ajax("POST", link.dataset.url, { target: side, swap: "innerHTML", values });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(link.dataset.open);
  }
  if (event.target.closest("[data-save]")) saving.now();
  const shown = event.target.closest("[data-show-file]");
  if (shown) chooseFile(shown.dataset.showFile)?.area.focus();
  const item = event.target.closest("[data-jump]")?.closest("[data-finding]");
  if (item) {
    const { file, line, column, endLine, endColumn } = item.dataset;
    if (writing.hidden) open("text");
    chooseFile(file)?.jump(...[line, column, endLine, endColumn].map(Number));
  }
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && !event.altKey) {
    event.preventDefault();
    if ("editable" in form.dataset) saving.now();
  }
});

document.addEventListener("keguan:place", (event) => {
  const { line, column, found } = event.detail;
  place.textContent = place.dataset.place.replace("{line}", String(line)).replace("{column}", String(column));
  for (const item of document.querySelectorAll("[data-finding][aria-current]")) item.removeAttribute("aria-current");
  for (const each of found) each.item.setAttribute("aria-current", "true");
});

// htmx takes the page up when it is whole, and hears nothing before.
document.addEventListener("DOMContentLoaded", () => {
  checking.now();
  if (form.dataset.tab !== "text") open(form.dataset.tab);
});
