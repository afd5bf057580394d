// The check as one types: asked 400 ms after the last key, never while an input method is composing; of two answers
// only the one to the later question is shown.
const PAUSE = 400;

export class Checking {
  constructor(form, result, show) {
    this.asked = form.elements.asked;
    this.result = result;
    this.show = show;
    this.timer = 0;
    this.at = 0;
    result.addEventListener("htmx:beforeSwap", (event) => {
      const answer = /data-asked="(\d+)"/.exec(event.detail.xhr.responseText);
      if (answer && answer[1] !== this.asked.value) event.detail.shouldSwap = false;
    });
    result.addEventListener("htmx:afterSwap", () => {
      this.at = Date.now();
      this.read();
    });
    setInterval(() => this.age(), 1000);
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), PAUSE);
  }

  now() {
    clearTimeout(this.timer);
    this.asked.value = String(Number(this.asked.value) + 1);
    window.htmx.trigger(this.result, "keguan:check");
  }

  read() {
    this.show(
      [...this.result.querySelectorAll("[data-finding]")].map((item) => ({
        item,
        file: item.dataset.file,
        severity: item.dataset.severity,
        line: Number(item.dataset.line),
        column: Number(item.dataset.column),
        endLine: Number(item.dataset.endLine),
        endColumn: Number(item.dataset.endColumn),
        message: item.querySelector(".findings__message").textContent,
        hint: item.querySelector(".findings__hint").textContent,
      })),
    );
  }

  age() {
    const told = this.result.querySelector("[data-ago]");
    const seconds = Math.floor((Date.now() - this.at) / 1000);
    if (!told || seconds < 5) return;
    const words = seconds < 60 ? told.dataset.seconds : told.dataset.minutes;
    told.textContent = words.replace("{n}", String(seconds < 60 ? seconds : Math.floor(seconds / 60)));
  }
}
