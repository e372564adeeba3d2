// The second half of page.js, in the same scope: what buttons and keys do, and what happens once Gradio has drawn.

// ---- one listener for every button
const actions = {
  "copy": (turn) => copy(raw("raw-" + turn)),
  "copy-md": (turn) => copy(raw("md-" + turn)),
  "table-csv": (turn) => trigger("export", { kind: "csv", turns: upTo(turn).slice(-1) }),
  "link": (turn) => copy(location.origin + location.pathname + "?q=" + encodeURIComponent(questionOf(turn))),
  "edit": (turn) => edit(turn),
  "retry": (turn) => ask(questionOf(turn), turn),
  "right": (turn) => judge(turn, "right"),
  "wrong": (turn, label) => comment(turn, "wrong", label),
  "wrong-citation": (turn, label) => comment(turn, "wrong_citation", label),
};
const fixed = {
  "new-chat": () => show(newId()),
  "export-md": () => trigger("export", { kind: "md", turns: talk.turns }),
  "export-docx": () => trigger("export", { kind: "docx", turns: talk.turns }),
  "act-previous-cite": () => step(-1),
  "act-next-cite": () => step(1),
  "act-previous-page": () => turnPage(-1),
  "act-next-page": () => turnPage(1),
  "act-view": () => turnView(),
  "act-zoom": () => { const near = find("#proof-view .sheet").classList.toggle("near"); find("#act-zoom").setAttribute("aria-pressed", String(near)); showBox(); },
  "act-edit-stop": () => { edit(""); fill(""); },
  "act-uploads-done": () => { find("#uploads .uploads").hidden = true; },
  "act-scope-clear": () => { all("input.pick:checked").forEach((pick) => { pick.checked = false; }); select(); },
  "theme": () => { body.classList.toggle("dark"); keep("rc:theme", body.classList.contains("dark") ? "dark" : "light"); },
  "tab-library": () => room(body.dataset.room === "library" && innerWidth > 820 ? "talk" : "library"),
  "tab-talk": () => room("talk"),
  "tab-views": () => { room("views"); trigger("views", {}); },
  "act-views-csv": () => trigger("export", { kind: "views" }),
  "act-pick-shown": () => { all("input.pick").forEach((pick) => { pick.checked = true; }); select(); },
  "tab-proof": () => room("proof"),
};
const select = () => {
  for (const pick of all("input.pick")) { pick.checked ? chosen.add(pick.value) : chosen.delete(pick.value); pick.closest("li").classList.toggle("on", pick.checked); }
  trigger("select", { reports: [...chosen] });
};
document.addEventListener("click", (event) => {
  const link = citeAt(event);
  if (link) { event.preventDefault(); openCite(link); return; }
  const menus = all("#talk-bar details[open]");
  const button = event.target.closest && event.target.closest("button");
  menus.forEach((menu) => { if (!menu.contains(event.target) || (button && menu.contains(button))) menu.open = false; });
  if (!button) {
    if (body.dataset.room === "library" && innerWidth > 820 && event.target.closest("#talk, #proof")) room("talk");
    return;
  }
  if (fixed[button.id]) { if (button.id === "act-scope-clear") chosen.clear(); fixed[button.id](); }
  else if (button.classList.contains("replace")) trigger("replace", { pair: button.value });
  else if (button.classList.contains("follow")) ask(button.textContent);
  else if (button.classList.contains("talk-open")) show(button.dataset.talk);
  else if (button.classList.contains("talk-drop")) { forget(button.dataset.talk); if (button.dataset.talk === talk.id) show(newId()); }
  else if ((button.classList.contains("open") && button.closest("li.report")) || button.classList.contains("report-open")) { current = null; markOpen(); trigger("open", { report: button.value }); room("proof"); }
  else if (button.id.startsWith("act-")) {
    const cut = button.id.lastIndexOf("-");
    actions[button.id.slice(4, cut)]?.(button.id.slice(cut + 1), button.textContent);
  }
});
document.addEventListener("change", (event) => { if (event.target.matches && event.target.matches("input.pick")) select(); });
document.addEventListener("toggle", (event) => { if (event.target.id === "history" && event.target.open) drawHistory(); }, true);

// ---- adding: a file that is far too big is told in our words before it is sent, and the others go in; one batch at a time
const GREATEST = 2 * words.max_mb * 2 ** 20; // as in ui/app.py; what is a little too big is told beside its name
const tooBig = (file) => file.size > GREATEST;
const adding = () => Boolean(find("#uploads progress"));
const later = []; // chosen while a batch is on its way
const give = (files) => {
  const held = new DataTransfer();
  files.forEach((file) => held.items.add(file));
  const input = find("#upload input[type=file]");
  input.files = held.files;
  if (files.length) input.dispatchEvent(new Event("change", { bubbles: true }));
};
const offered = (files, event) => {
  const all = [...files];
  const big = all.filter(tooBig);
  if (!big.length && !adding()) return; // Gradio takes them as they are
  event.preventDefault();
  event.stopImmediatePropagation();
  for (const file of big) toast(words.add_big.replace("{name}", file.name).replace("{size}", Math.ceil(file.size / 2 ** 20)).replace("{mb}", words.max_mb));
  const fit = all.filter((file) => !tooBig(file));
  if (adding()) later.push(...fit); else give(fit);
};
document.addEventListener("change", (event) => { if (event.target.matches && event.target.matches("#upload input[type=file]")) offered(event.target.files, event); }, true);
document.addEventListener("drop", (event) => { if (event.target.closest && event.target.closest("#upload")) offered(event.dataTransfer.files, event); }, true);

// ---- keys: / asks, [ and ] walk through the citations, Escape closes
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { hideCard(); all("#talk-bar details[open]").forEach((menu) => { menu.open = false; }); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/") { event.preventDefault(); room("talk"); box()?.focus(); }
  else if (event.key === "[") step(-1);
  else if (event.key === "]") step(1);
});
find(".skip")?.addEventListener("click", (event) => { event.preventDefault(); box()?.focus(); });

// ---- coming back to the page: others may have added reports meanwhile
let left = 0;
document.addEventListener("visibilitychange", () => {
  if (document.hidden) left = Date.now();
  else if (Date.now() - left > 20000 && !asking) trigger("refresh", {});
});

// ---- after Gradio has drawn
const whenThere = (selector, then) => {
  const node = find(selector);
  if (node) then(node); else setTimeout(() => whenThere(selector, then), 15);
};
// the drop field says what it is in our words: the component's own are hidden, and would be read aloud
const nameUpload = () => {
  const button = find("#upload button.upload-container");
  if (!button || button.getAttribute("aria-label") === words.add_drop) return;
  button.setAttribute("aria-label", words.add_drop);
  const walker = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.data = "";
};
if (!words.read_only) whenThere("#upload button.upload-container", () => {
  nameUpload();
  new MutationObserver(nameUpload).observe(find("#upload"), { childList: true, subtree: true });
  new MutationObserver(() => { if (later.length && !adding()) give(later.splice(0)); }).observe(find("#uploads"), { childList: true, subtree: true });
});
whenThere("#proof-view", (node) => new MutationObserver(proofChanged).observe(node, { childList: true, subtree: true }));
whenThere("#ask textarea", () => {
  room(body.dataset.room);
  const rest = new URLSearchParams(location.search);
  const asked = rest.get("q");
  rest.delete("q");
  if (asked) history.replaceState(null, "", location.pathname + (rest.size ? "?" + rest : ""));
  whenThere("#chat .turns", () => {
    if (asked) { talk = { id: newId(), turns: [] }; ask(asked); }
    else if (kept("rc:talk:" + talk.id)) show(talk.id);
    body.dataset.ready = "yes";
  });
});
