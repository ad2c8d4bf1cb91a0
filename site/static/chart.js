// Lights the parts of a picture and the rows that use them, finds quotes, and opens what is to be printed.
// The pages say everything without it.
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Picture and rows

  const rows = all("[data-parts]");
  const partsOf = (row) => row.dataset.parts.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
  const rowsOf = new Map();
  for (const row of rows) {
    for (const part of partsOf(row)) rowsOf.set(part, [...(rowsOf.get(part) || []), row]);
  }
  const figure = document.querySelector("[data-drawing]");
  const labels = new Map(figure ? all("[data-for]", figure).map((label) => [label.dataset.for, label]) : []);
  let lit = [];
  let held = null; // what has the focus or was touched: it is lit while nothing is pointed at

  const light = (element, verdict) => {
    element.dataset.lit = "";
    if (verdict) element.dataset.verdict = verdict;
    lit.push(element);
    const label = labels.get(element.id);
    if (label) {
      label.dataset.lit = "";
      lit.push(label);
    }
  };
  const dim = () => {
    for (const element of lit) {
      delete element.dataset.lit;
      if (!element.matches("[data-parts]")) delete element.dataset.verdict;
    }
    lit = [];
  };
  const show = (element) => {
    dim();
    if (!element) return;
    light(element);
    if (rowsOf.has(element)) for (const row of rowsOf.get(element)) light(row);
    else for (const part of partsOf(element)) light(part, element.dataset.verdict);
  };
  const lightable = (target) => {
    if (!(target instanceof Element)) return null;
    const label = target.closest("[data-for]");
    const found = label ? document.getElementById(label.dataset.for) : target.closest(".part[id], [data-parts]");
    return found && (rowsOf.has(found) || found.dataset.parts) ? found : null;
  };
  if (rows.length) {
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "touch") show(lightable(event.target) || held);
    });
    document.documentElement.addEventListener("pointerleave", () => show(held));
    document.addEventListener("focusin", (event) => show(held = lightable(event.target)));
    document.addEventListener("focusout", () => show(held = null));
    document.addEventListener("click", (event) => {
      const found = lightable(event.target);
      if (found) show(held = found);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") show(held = null);
    });
  }

  for (const button of all("[data-pin]")) {
    const frame = button.closest("[data-drawing]");
    const room = frame.querySelector(".canvas");
    button.hidden = rows.length === 0;
    button.addEventListener("click", () => {
      const pinned = button.getAttribute("aria-pressed") !== "true";
      frame.style.minHeight = pinned ? `${frame.offsetHeight}px` : "";
      room.classList.toggle("pinned", pinned);
      button.setAttribute("aria-pressed", String(pinned));
    });
  }

  // The target of the address: words of a source may go over several lines and cells.

  const aim = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    for (const mark of all("mark[data-q]")) {
      mark.classList.toggle("aim", id !== "" && mark.dataset.q.split(" ").includes(id));
    }
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (target.closest("mark, .line, .cells")) target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", aim);
  aim();

  // The lines of a ledger by what became of them

  for (const form of all("[data-states]")) {
    const entries = all("[data-state]").filter((entry) => entry.matches("tr"));
    const choose = () => {
      for (const entry of entries) entry.hidden = !form.elements[entry.dataset.state].checked;
      const shown = entries.filter((entry) => !entry.hidden).length;
      form.querySelector("output").textContent = `${shown} of ${entries.length} shown`;
    };
    form.hidden = false;
    form.addEventListener("input", choose);
    form.addEventListener("submit", (event) => event.preventDefault());
    choose();
  }

  // Paper shows all reasons, and what was folded before is folded again.

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
})();
