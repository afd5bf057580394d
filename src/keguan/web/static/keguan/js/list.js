// A list of records without a mouse: j and k move, Enter opens the drawer, o opens the page, Esc closes.
const rows = () => [...document.querySelectorAll("tr[data-href]")];
const selected = () => document.querySelector("tr[data-href][aria-selected='true']");

let chosen = "";

function select(row) {
  chosen = row.dataset.href;
  selected()?.removeAttribute("aria-selected");
  row.setAttribute("aria-selected", "true");
  row.scrollIntoView({ block: "nearest" });
}

function open(row) {
  select(row);
  if (!row.dataset.drawer) window.location.assign(row.dataset.href);
  else window.htmx.ajax("GET", row.dataset.drawer, { target: "#drawer", swap: "innerHTML" });
}

function move(step) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.indexOf(selected());
  const row = all[Math.min(all.length - 1, Math.max(0, at + step))];
  if (document.getElementById("drawer")?.open) open(row);
  else select(row);
}

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const link = event.target.closest("a, button, input, label, summary");
  if (link && !link.matches("[data-row-link]")) return;
  event.preventDefault();
  open(row);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, summary, button")) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "Enter" && selected() && !event.target.closest("a:not([data-row-link])")) {
    event.preventDefault();
    open(selected());
  } else if (event.key === "o" && selected()) window.location.assign(selected().dataset.href);
});

// A list that comes anew keeps its place.
document.addEventListener("htmx:afterSwap", () => {
  const row = chosen && !selected() && rows().find((each) => each.dataset.href === chosen);
  if (row) row.setAttribute("aria-selected", "true");
});

// A view saves the list as it stands now, which the address knows.
document.addEventListener("submit", (event) => {
  const query = event.target.querySelector("[data-list-query]");
  if (query) query.value = window.location.search.slice(1);
});
