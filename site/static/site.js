// Adds a search, a filter, keys and a theme to pages that are complete without them.
(() => {
  "use strict";

  const page = document.documentElement;
  const { root } = document.currentScript.dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);

  // A browser may forbid storage to files; a setting then lasts as long as the page.
  const stored = {
    read: (name) => { try { return localStorage.getItem(`readson-${name}`); } catch { return null; } },
    write: (name, value) => { try { localStorage.setItem(`readson-${name}`, value); } catch { /* see above */ } },
  };

  // Theme: runs before anything is painted.
  const THEMES = ["auto", "light", "dark"];
  const theme = () => THEMES.find((name) => name === stored.read("theme")) || "auto";
  const dress = (name) => {
    if (name === "auto") delete page.dataset.theme;
    else page.dataset.theme = name;
  };
  dress(theme());
  page.classList.add("scripted");

  // What the search finds arrives by scripts, as pages on a disk may load nothing else.
  const found = [];
  const loaded = new Set();
  let renewed = () => {};
  const load = (name) => {
    if (loaded.has(name)) return;
    loaded.add(name);
    const script = document.createElement("script");
    script.src = `${root}search/${name}`;
    document.head.append(script);
  };
  window.readsonFound = (groups, others) => {
    for (const [folder, product, entries] of groups) {
      for (const [sort, text, beside, place] of entries) {
        const words = `${text} ${beside} ${product}`.toLowerCase();
        found.push({ sort, text, beside, product, place: root + folder + place, words, lead: text.toLowerCase() });
      }
    }
    others.forEach(load);
    renewed();
  };

  const split = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const SORTS = ["product", "claim", "element", "term", "part", "quote"];
  const MOST = 30;

  // Products and claims first, then what begins with the words, then the shorter text.
  const rank = (entry, text) =>
    (entry.lead.startsWith(text) ? 0 : 1000) + SORTS.indexOf(entry.sort) * 100 + Math.min(entry.lead.length, 99);

  const search = (text) => {
    const words = split(text);
    const hits = words.length ? found.filter((entry) => words.every((word) => entry.words.includes(word))) : [];
    const whole = words.join(" ");
    return hits.map((entry) => [rank(entry, whole), entry]).sort((a, b) => a[0] - b[0]).map((pair) => pair[1]);
  };

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const addSearch = () => {
    const box = document.querySelector(".search");
    const input = one("search");
    const list = one("search-list");
    const panel = document.querySelector(".search-panel");
    const count = document.querySelector(".search-count");
    let shown = [];
    let active = -1;

    const close = () => {
      panel.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      active = -1;
    };
    const choose = (index) => {
      active = index;
      [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
      if (index < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", `found-${index}`);
      list.children[index].scrollIntoView({ block: "nearest" });
    };
    const option = (entry, index) => {
      const beside = [entry.beside, entry.product].filter(Boolean).join(" · ");
      const made = element("li", { role: "option", id: `found-${index}`, "aria-selected": "false" },
        element("span", { class: "sort" }, entry.sort),
        element("span", { class: "text", dir: "auto" }, entry.text),
        element("span", { class: "beside", dir: "auto" }, beside));
      made.addEventListener("pointerdown", (event) => { event.preventDefault(); location.href = entry.place; });
      return made;
    };
    const show = () => {
      if (!input.value.trim()) return close();
      const hits = search(input.value);
      shown = hits.slice(0, MOST);
      list.replaceChildren(...shown.map(option));
      count.textContent = hits.length > MOST ? `${MOST} of ${hits.length} found` : `${hits.length} found`;
      panel.hidden = false;
      input.setAttribute("aria-expanded", String(shown.length > 0));
      choose(-1);
    };
    const step = (by) => { if (shown.length) choose((active + by + shown.length) % shown.length); };

    renewed = () => { if (document.activeElement === input) show(); };
    box.hidden = false;
    input.addEventListener("focus", () => { load("index.js"); if (input.value) show(); });
    input.addEventListener("blur", close);
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") step(1);
      else if (event.key === "ArrowUp") step(active < 0 ? 0 : -1);
      else if (event.key === "Enter" && shown.length && !panel.hidden) location.href = shown[Math.max(active, 0)].place;
      else if (event.key === "Escape") { if (panel.hidden) input.blur(); else close(); }
      else return;
      event.preventDefault();
    });
  };

  const ROWS = 100;

  // The matrix: claims folded under those they depend on, sorted, filtered; its state stands in the address.
  const addMatrix = () => {
    const filter = one("filter");
    const table = document.querySelector(".matrix");
    const body = table.tBodies[0];
    const heads = all("thead th", table);
    const columns = heads.slice(1).map((head) => ({
      head, claim: head.dataset.claim, above: head.dataset.above.split(" ").filter(Boolean),
    }));
    const products = all("tr[data-text]", body).map((row, order) => ({ row, order, text: row.dataset.text, verdicts: row.dataset.verdicts }));
    const inputs = { product: one("filter-text"), verdict: one("filter-verdict"), claim: one("filter-claim") };
    const letters = Object.fromEntries([...inputs.verdict.options].slice(1).map((option, at, every) => [option.value, String(every.length - 1 - at)]));
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const parents = columns.filter(({ head }) => "folds" in head.dataset).map(({ claim }) => claim);
    let state = {};
    let sorted = products;
    let limit = ROWS;

    const read = () => {
      const given = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
      return {
        product: given.get("product") || "", verdict: given.get("verdict") || "", claim: given.get("claim") || "",
        sort: given.get("sort") || "product", open: (given.get("open") || "").split(",").filter((claim) => parents.includes(claim)),
      };
    };
    const write = () => {
      const kept = Object.entries({ ...state, open: state.open.join(","), sort: state.sort === "product" ? "" : state.sort })
        .filter(([, value]) => value);
      const hash = kept.length ? `#${String(new URLSearchParams(kept)).replaceAll("%2C", ",")}` : "";
      history.replaceState(null, "", hash || location.pathname + location.search);
    };

    const fold = () => {
      const hidden = columns.filter(({ above }) => !above.every((claim) => state.open.includes(claim))).map(({ claim }) => claim);
      const asked = columns.find(({ claim }) => claim === state.claim);
      const rules = hidden.filter((claim) => claim !== (asked && asked.claim)).map((claim) => `.matrix [data-claim="${claim}"] { display: none; }`);
      if (state.verdict) rules.push(`.matrix td${asked ? `[data-claim="${asked.claim}"]` : ""} .verdict.${state.verdict} { outline: 2px solid var(--focus); outline-offset: 1px; }`);
      sheet.replaceSync(rules.join("\n"));
      for (const { head, claim } of columns) {
        const button = head.querySelector(".fold");
        if (button) button.setAttribute("aria-expanded", String(state.open.includes(claim)));
      }
      one("unfold").textContent = state.open.length === parents.length ? "Fold dependent claims" : "Open all claims";
    };
    const sift = () => {
      const words = split(state.product);
      const column = columns.findIndex(({ claim }) => claim === state.claim);
      const letter = letters[state.verdict];
      let count = 0;
      for (const { row, text, verdicts } of sorted) {
        const judged = column < 0 ? verdicts : verdicts[column];
        const fits = words.every((word) => text.includes(word)) &&
          (letter ? judged.includes(letter) : column < 0 || judged !== "-");
        count += fits ? 1 : 0;
        row.hidden = !fits || count > limit;
      }
      one("filter-count").textContent = `${count} of ${products.length} products`;
      return count;
    };
    const sort = () => {
      const down = state.sort.startsWith("-");
      const column = columns.findIndex(({ claim }) => claim === state.sort.replace("-", ""));
      // What is met comes first; verdicts are numbered from what decides against a claim.
      const place = ({ verdicts }) => column < 0 ? 0 : (verdicts[column] === "-" ? 9 : 3 - Number(verdicts[column]));
      sorted = [...products].sort((a, b) => (place(a) - place(b)) * (down ? -1 : 1) ||
        (a.order - b.order) * (down && column < 0 ? -1 : 1));
      body.append(...sorted.map(({ row }) => row));
      heads.forEach((head, at) => {
        const here = at === 0 ? column < 0 : at - 1 === column;
        if (here) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    };
    const show = (changed) => {
      const before = state;
      state = changed;
      limit = ROWS;
      for (const [name, input] of Object.entries(inputs)) if (input.value !== state[name]) input.value = state[name];
      if (before.sort !== state.sort) sort();
      fold();
      sift();
    };
    const change = (some) => { show({ ...state, ...some }); write(); };
    const toggle = (claim) => change({
      open: state.open.includes(claim) ? state.open.filter((other) => other !== claim) : [...state.open, claim],
    });

    for (const head of heads) {
      const key = head.dataset.sort;
      const name = head.querySelector(".name");
      const button = element("button", { type: "button", class: "sort-by" }, ...name.childNodes);
      button.addEventListener("click", () => change({ sort: state.sort === key ? `-${key}` : key }));
      name.replaceChildren(button);
      if (!("folds" in head.dataset)) continue;
      const below = columns.filter(({ above }) => above.includes(key)).length;
      const opener = element("button", { type: "button", class: "fold", "aria-expanded": "false", "aria-label": `Claims that depend on claim ${key}` }, `${below}`);
      opener.addEventListener("click", () => toggle(key));
      head.append(opener);
    }
    one("unfold").hidden = parents.length === 0;
    one("unfold").addEventListener("click", () => change({ open: state.open.length === parents.length ? [] : parents }));
    const given = () => Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value]));
    filter.addEventListener("input", () => change(given()));
    filter.addEventListener("submit", (event) => event.preventDefault());
    filter.addEventListener("reset", (event) => { event.preventDefault(); change({ product: "", verdict: "", claim: "" }); });
    // Of very many rows the first are laid out; more when the end comes into sight, all on paper.
    const end = element("div", { class: "end" });
    table.after(end);
    const more = (by) => { if (sift() > limit) { limit += by; sift(); } };
    new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) more(ROWS); }, { root: table.parentElement, rootMargin: "600px" }).observe(end);
    window.addEventListener("beforeprint", () => more(Infinity));
    window.addEventListener("hashchange", () => { if (!location.hash || location.hash.includes("=")) show(read()); });
    filter.hidden = false;
    show(read());
    page.classList.add("ready");
  };

  const start = () => {
    const button = one("theme");
    const name = () => { button.firstElementChild.textContent = theme(); };
    const turnTheme = () => {
      stored.write("theme", THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
      dress(theme());
      name();
    };
    button.hidden = false;
    button.addEventListener("click", turnTheme);
    name();

    const help = one("help");
    const keysOn = one("keys-on");
    keysOn.checked = stored.read("keys") !== "off";
    keysOn.addEventListener("change", () => stored.write("keys", keysOn.checked ? "on" : "off"));
    const showHelp = () => { if (!help.open) help.showModal(); };
    for (const opener of all("[data-help]")) {
      opener.hidden = false;
      opener.addEventListener("click", showHelp);
    }

    // The row that keys move from: the one with focus, else the one last visited, else the target of the address.
    const rows = () => all("[data-row]").filter((row) => row.getClientRects().length > 0);
    let last = null;
    const current = (list) => {
      const focused = document.activeElement && document.activeElement.closest("[data-row]");
      const target = location.hash && one(decodeURIComponent(location.hash.slice(1)));
      return [focused, last, target].find((row) => row && list.includes(row));
    };
    const move = (by) => {
      const list = rows();
      const here = list.indexOf(current(list));
      const row = here < 0 ? list[0] : list[Math.min(Math.max(here + by, 0), list.length - 1)];
      if (!row) return;
      last = row;
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    };
    const toggle = () => {
      const row = current(rows());
      const opens = row && row.querySelector("details");
      if (opens) opens.open = !opens.open;
    };
    const turn = (way) => {
      const link = document.querySelector(`.turn a[rel="${way}"]`);
      if (link) link.click();
    };
    const focus = (id) => { if (one(id)) one(id).focus(); };
    const keys = {
      j: () => move(1), n: () => move(1), k: () => move(-1), p: () => move(-1), o: toggle,
      "[": () => turn("prev"), "]": () => turn("next"),
      "/": () => focus("search"), f: () => focus("filter-text"), t: turnTheme, "?": showHelp,
    };
    document.addEventListener("keydown", (event) => {
      const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
      if (event.ctrlKey || event.metaKey || event.altKey || typing || help.open) return;
      const act = keys[event.key];
      if (!act || !(keysOn.checked || event.key === "?")) return;
      event.preventDefault();
      act();
    });

    // One button opens all reasons, or closes them when all are open.
    const trees = all("details.tree");
    for (const opener of all("[data-open-all]")) {
      opener.hidden = trees.length === 0;
      const label = () => {
        opener.textContent = trees.every((tree) => tree.open) ? "Close all reasons" : "Open all reasons";
      };
      opener.addEventListener("click", () => {
        const open = !trees.every((tree) => tree.open);
        for (const tree of trees) tree.open = open;
      });
      for (const tree of trees) tree.addEventListener("toggle", label);
    }

    addSearch();
    if (one("filter")) addMatrix();
  };
  document.addEventListener("DOMContentLoaded", start);
})();
