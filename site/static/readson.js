// Adds a filter, keys and one button to pages that are complete without them.
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);

  // A browser may forbid storage to files; the setting then lasts as long as the page.
  const setting = {
    read: () => { try { return localStorage.getItem("readson-keys") !== "off"; } catch { return true; } },
    write: (on) => { try { localStorage.setItem("readson-keys", on ? "on" : "off"); } catch { /* see above */ } },
  };

  const help = one("help");
  const keysOn = one("keys-on");
  keysOn.checked = setting.read();
  keysOn.addEventListener("change", () => setting.write(keysOn.checked));
  const showHelp = () => { if (!help.open) help.showModal(); };
  for (const button of all("[data-help]")) {
    button.hidden = false;
    button.addEventListener("click", showHelp);
  }

  // The row that keys move from: the one with focus, else the one last visited, else the target of the address.
  const rows = () => all("[data-row]").filter((row) => row.getClientRects().length > 0);
  let last = null;
  const current = (list) => {
    const focused = document.activeElement && document.activeElement.closest("[data-row]");
    const target = location.hash && one(decodeURIComponent(location.hash.slice(1)));
    return [focused, last, target].find((row) => row && list.includes(row));
  };
  const move = (step) => {
    const list = rows();
    const here = list.indexOf(current(list));
    const row = here < 0 ? list[0] : list[Math.min(Math.max(here + step, 0), list.length - 1)];
    if (!row) return;
    last = row;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const toggle = () => {
    const row = current(rows());
    const tree = row && row.querySelector("details");
    if (tree) tree.open = !tree.open;
  };
  const turn = (way) => {
    const link = document.querySelector(`.turn a[rel="${way}"]`);
    if (link) link.click();
  };
  const filterText = one("filter-text");
  const keys = {
    j: () => move(1), n: () => move(1), k: () => move(-1), p: () => move(-1), o: toggle,
    "[": () => turn("prev"), "]": () => turn("next"),
    "/": () => { if (filterText) filterText.focus(); },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey || typing || help.open) return;
    const act = event.key === "?" ? showHelp : keys[event.key];
    if (!act || !keysOn.checked) return;
    event.preventDefault();
    act();
  });

  // One button opens all reasons, or closes them when all are open.
  const trees = all("details.tree");
  for (const button of all("[data-open-all]")) {
    button.hidden = trees.length === 0;
    const name = () => {
      button.textContent = trees.every((tree) => tree.open) ? "Close all reasons" : "Open all reasons";
    };
    button.addEventListener("click", () => {
      const open = !trees.every((tree) => tree.open);
      for (const tree of trees) tree.open = open;
    });
    for (const tree of trees) tree.addEventListener("toggle", name);
  }

  const filter = one("filter");
  if (filter) {
    const products = all(".matrix tbody tr[data-text]");
    const verdict = one("filter-verdict");
    const claim = one("filter-claim");
    const show = () => {
      const words = filterText.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of products) {
        const cells = all("td[data-claim]", row);
        const fits = (cell) => (!verdict.value || cell.dataset.verdict === verdict.value) &&
          (!claim.value || cell.dataset.claim === claim.value);
        for (const cell of cells) cell.classList.toggle("hit", Boolean(verdict.value) && fits(cell));
        row.hidden = !(words.every((word) => row.dataset.text.includes(word)) && cells.some(fits));
        shown += row.hidden ? 0 : 1;
      }
      one("filter-count").textContent = `${shown} of ${products.length} products`;
    };
    filter.hidden = false;
    filter.addEventListener("input", show);
    filter.addEventListener("submit", (event) => event.preventDefault());
    filter.addEventListener("reset", () => setTimeout(show));
    show();
  }
})();
