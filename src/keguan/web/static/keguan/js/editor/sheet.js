// One file in the editor: line numbers, marks and a note around a plain textarea, whose text only the writer changes.
const PADDING = 8;
const SIGNS = { error: "✕", warning: "▲", note: "●" };
const GRAVE = ["note", "warning", "error"];

export class Sheet {
  constructor(box) {
    this.box = box;
    this.name = box.dataset.code;
    this.area = box.querySelector("textarea");
    this.numbers = box.querySelector(".code__numbers");
    this.marks = box.querySelector(".code__marks");
    this.note = box.querySelector(".code__note");
    this.findings = [];
    this.count = 0;
    this.leaving = false;
    this.area.addEventListener("scroll", () => this.follow());
    this.area.addEventListener("keydown", (event) => this.key(event));
    for (const name of ["keyup", "click", "focus", "select"]) this.area.addEventListener(name, () => this.tell());
    this.area.addEventListener("input", () => {
      this.hide();
      this.number();
    });
    this.area.addEventListener("blur", () => this.hide());
    this.number();
  }

  get height() {
    return Number.parseFloat(getComputedStyle(this.area).lineHeight);
  }

  number() {
    const count = this.area.value.split("\n").length;
    if (count === this.count) return;
    this.count = count;
    const flags = [...this.numbers.querySelectorAll(".code__flag")];
    this.numbers.textContent = Array.from({ length: count }, (_, index) => index + 1).join("\n");
    this.numbers.append(...flags);
  }

  follow() {
    this.numbers.style.transform = `translateY(${-this.area.scrollTop}px)`;
    for (const line of this.marks.children) {
      line.style.transform = `translate(${-this.area.scrollLeft}px, ${-this.area.scrollTop}px)`;
    }
    if (!this.note.hidden) this.place();
  }

  show(findings) {
    this.findings = findings;
    const lines = this.area.value.split("\n");
    const grouped = Map.groupBy ? Map.groupBy(findings, (each) => each.line) : group(findings);
    this.marks.replaceChildren();
    for (const old of this.numbers.querySelectorAll(".code__flag")) old.remove();
    for (const [line, found] of grouped) this.mark(line, lines[line - 1] ?? "", found);
    this.follow();
    this.tell();
  }

  mark(line, text, found) {
    const worst = found.reduce((a, b) => (GRAVE.indexOf(b.severity) > GRAVE.indexOf(a.severity) ? b : a));
    const top = `${PADDING + (line - 1) * this.height}px`;
    const points = [...text];
    const last = worst.endLine === line ? Math.max(worst.endColumn, worst.column + 1) : points.length + 1;
    const underlined = document.createElement("mark");
    underlined.textContent = points.slice(worst.column - 1, last - 1).join("") || " ";
    const row = document.createElement("div");
    row.className = `code__line code__line--${worst.severity}`;
    row.style.top = top;
    row.append(points.slice(0, worst.column - 1).join(""), underlined, points.slice(last - 1).join(""));
    this.marks.append(row);
    const flag = document.createElement("button");
    flag.type = "button";
    flag.tabIndex = -1;
    flag.className = `code__flag code__flag--${worst.severity}`;
    flag.style.top = top;
    flag.textContent = SIGNS[worst.severity];
    flag.title = found.map((each) => each.message).join("\n");
    flag.addEventListener("click", () => this.jump(worst.line, worst.column, worst.endLine, worst.endColumn));
    this.numbers.append(flag);
  }

  where() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    const line = before.split("\n").length;
    return { line, column: [...before.slice(before.lastIndexOf("\n") + 1)].length + 1 };
  }

  tell() {
    if (document.activeElement !== this.area) return;
    const here = this.where();
    const found = this.findings.filter((each) => each.line === here.line);
    this.box.dispatchEvent(new CustomEvent("keguan:place", { bubbles: true, detail: { ...here, found } }));
    this.note.replaceChildren();
    for (const each of found.slice(0, 2)) {
      const sentence = document.createElement("div");
      const hint = document.createElement("small");
      sentence.textContent = each.message;
      hint.textContent = each.hint;
      sentence.append(hint);
      this.note.append(sentence);
    }
    this.note.className = `code__note code__note--${found[0]?.severity ?? "error"}`;
    this.note.hidden = found.length === 0;
    this.noted = here.line;
    if (found.length > 0) this.place();
  }

  hide() {
    this.note.hidden = true;
  }

  place() {
    this.note.style.top = `${PADDING + this.noted * this.height - this.area.scrollTop + 2}px`;
  }

  offset(line, column) {
    const lines = this.area.value.split("\n");
    const row = Math.min(line, lines.length);
    const start = lines.slice(0, row - 1).reduce((sum, text) => sum + text.length + 1, 0);
    return start + [...lines[row - 1]].slice(0, column - 1).join("").length;
  }

  jump(line, column, endLine, endColumn) {
    const start = this.offset(line, column);
    const end = endLine === line ? this.offset(endLine, endColumn) : this.offset(line, Number.MAX_SAFE_INTEGER);
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, Math.max(start, end));
    this.area.scrollTop = Math.max(0, (line - 5) * this.height);
    const shown = this.marks.querySelector(`.code__line[style*="top: ${PADDING + (line - 1) * this.height}px"] mark`);
    const right = (shown?.offsetLeft ?? 0) + (shown?.offsetWidth ?? 0);
    const fits = right + PADDING < this.area.clientWidth;
    this.area.scrollLeft = fits ? 0 : Math.max(0, (shown?.offsetLeft ?? 0) - this.area.clientWidth / 2);
    this.box.scrollIntoView({ block: "nearest" });
    this.tell();
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      this.leaving = true;
      this.hide();
      event.stopPropagation();
    } else if (event.key === "Tab" && !this.leaving && !event.ctrlKey && !event.altKey && !event.metaKey) {
      if (this.cell(event.shiftKey ? -1 : 1)) event.preventDefault();
    } else if (event.key !== "Shift" && event.key !== "Tab") this.leaving = false;
  }

  // Within a table, the next or previous cell is selected; elsewhere Tab goes on to the next control.
  cell(step) {
    const { value, selectionStart } = this.area;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const end = (value.indexOf("\n", start) + 1 || value.length + 1) - 1;
    const row = value.slice(start, end);
    if (!row.trimStart().startsWith("|")) return false;
    const bars = [...row.matchAll(/\|/g)].map((found) => start + found.index);
    const at = bars.filter((bar) => bar < selectionStart).length - 1 + step;
    if (at < 0 || at >= bars.length - 1) return false;
    const inner = value.slice(bars[at] + 1, bars[at + 1]);
    const lead = inner.trim() ? inner.length - inner.trimStart().length : Math.min(1, inner.length);
    this.area.setSelectionRange(bars[at] + 1 + lead, bars[at] + 1 + lead + inner.trim().length);
    this.tell();
    return true;
  }
}

function group(findings) {
  const made = new Map();
  for (const each of findings) made.set(each.line, [...(made.get(each.line) ?? []), each]);
  return made;
}
