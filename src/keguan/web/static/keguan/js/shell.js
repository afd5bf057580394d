// The shell: side menu on a phone, search shortcuts, open boxes, the drawer, pages that are turned.
const body = document.body;
const drawer = () => document.getElementById("drawer");

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

// A chosen file suggests a name: what somebody typed themselves stays.
function suggestName(chosen) {
  const field = chosen.form.elements[chosen.dataset.names];
  if (field.value && field.value !== chosen.dataset.suggested) return;
  const stem = (chosen.files[0]?.name ?? "").replace(/\.[^.]*$/, "");
  field.value = chosen.dataset.suggested = stem.slice(0, field.maxLength);
}

function setMenu(open) {
  body.classList.toggle("menu-open", open);
  document.querySelector("[data-menu]")?.setAttribute("aria-expanded", String(open));
}

function closeDrawer() {
  const box = drawer();
  if (!box?.open) return false;
  box.close();
  box.replaceChildren();
  document.querySelector("tr[aria-selected='true'] a")?.focus({ preventScroll: true });
  return true;
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-menu]")) return setMenu(!body.classList.contains("menu-open"));
  if (event.target === body || !event.target.closest(".side")) setMenu(false);
  if (event.target.closest("[data-close-drawer]")) closeDrawer();
  if (event.target.closest("[data-print]")) window.print();
  for (const box of document.querySelectorAll("details.menu[open]")) {
    if (!box.contains(event.target)) box.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const search = document.querySelector("[data-search-here]") ?? document.querySelector("[data-search]");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    document.querySelector("[data-search]")?.select();
  } else if (event.key === "/" && !typing(event.target)) {
    event.preventDefault();
    search?.select();
  } else if (event.key === "Escape") {
    const open = document.querySelector("details.menu[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (body.classList.contains("menu-open")) setMenu(false);
    else if (!closeDrawer() && typing(event.target)) {
      event.preventDefault(); // a search box would empty itself, and the list with it
      event.target.blur();
    }
  }
});

// Pages that are turned (a calendar's months): ← and → follow their links.
document.addEventListener("keydown", (event) => {
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (!way || typing(event.target) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  document.querySelector(`[data-turn] a[rel="${way}"]`)?.click();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  if (event.target.matches("input[type=file][data-names]")) suggestName(event.target);
});

document.addEventListener("htmx:afterSwap", (event) => {
  const box = drawer();
  if (event.detail.target === box && !box.open) box.show();
  if (event.detail.target === box) box.querySelector("h1, h2")?.focus({ preventScroll: true });
});

// A page kept in the browser's back-forward cache may show what was revealed: fetch it anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
