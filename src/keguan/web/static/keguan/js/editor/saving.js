// The draft is kept as one writes. When somebody else saved first, nothing is overwritten and nothing more is sent.
const PAUSE = 1500;

export class Saving {
  constructor(form, state) {
    this.form = form;
    this.state = state;
    this.timer = 0;
    this.written = 0;
    this.sent = 0;
    this.kept = 0;
    this.stopped = false;
    this.waiting = [];
    state.addEventListener("htmx:beforeRequest", () => {
      this.sent = this.written;
    });
    state.addEventListener("htmx:afterRequest", (event) => this.answered(event.detail.successful));
    state.addEventListener("htmx:afterSwap", () => {
      if (state.querySelector("[data-refused='policies.stale']")) this.stopped = true;
      this.tell();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty && !this.leaving) event.preventDefault();
    });
    form.addEventListener("submit", (event) => {
      this.leaving = !event.submitter?.hasAttribute("data-download");
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.dirty) this.now();
    });
  }

  get dirty() {
    return this.written !== this.kept;
  }

  changed() {
    this.written += 1;
    this.tell();
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.now(), PAUSE);
  }

  now() {
    clearTimeout(this.timer);
    if (!this.stopped) window.htmx.trigger(this.state, "keguan:save");
  }

  // Resolves once what is written is kept, or cannot be.
  settled() {
    if (!this.dirty || this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.now();
    });
  }

  answered(successful) {
    if (successful) this.kept = this.sent;
    this.tell();
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  tell() {
    const sign = this.state.querySelector("[data-unsaved]");
    if (sign) sign.hidden = !this.dirty;
  }
}
