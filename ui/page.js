// What the page does in the browser beside Gradio's components: hover cards, keys, rooms, history, copying.
// Runs once, inside the hidden component "bridge": `trigger(name, data)` calls Python, `watch` hears what Python sends.
// Text from reports is only ever put in with textContent.

const words = props.words;
const body = document.body;
const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};
const room = (name) => {
  body.dataset.room = name;
  if (name === "talk" || name === "views") body.dataset.middle = name;
  all(".room-tab").forEach((tab) => tab.setAttribute("aria-pressed", String(tab.id === "tab-" + (innerWidth > 820 && name === "proof" ? body.dataset.middle : name))));
};
document.documentElement.lang = words.tongue === "zh" ? "zh-CN" : "en";
body.classList.add("report-chat");
room("talk");

// ---- light and dark
const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
const keep = (name, text) => { try { localStorage.setItem(name, text); return true; } catch { return false; } };
if (kept("rc:theme")) body.classList.toggle("dark", kept("rc:theme") === "dark");

// ---- hover card
const card = make("div", "cite-card");
card.id = "cite-card";
card.setAttribute("role", "tooltip");
const floor = find("main") ?? body; // what floats belongs to the page's main part, for those who have it read aloud
floor.append(card);
const sourceOf = (link) => {
  const [, turn, index] = link.getAttribute("href").split("/");
  return find(`[id="src-${turn}-${index}"]`);
};
const showCard = (link) => {
  const row = sourceOf(link);
  if (!row || row.contains(link)) return;
  const block = row.closest("details");
  const title = block ? find(".title", block) : null;
  const meta = block ? find(".meta", block) : find(".meta", row);
  card.replaceChildren();
  if (title) card.append(make("b", "", title.textContent));
  const where = [meta && (find(".origin", meta) ?? meta).textContent, find(".place", row)?.textContent];
  card.append(make("span", "meta", where.filter(Boolean).join(" · ")), make("q", "", find(".quote", row).textContent));
  card.style.display = "block";
  const at = link.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left - 12, innerWidth - card.offsetWidth - 8));
  const below = at.bottom + 6 + card.offsetHeight < innerHeight;
  card.style.left = left + "px";
  card.style.top = (below ? at.bottom + 6 : Math.max(8, at.top - card.offsetHeight - 6)) + "px";
};
const hideCard = () => { card.style.display = "none"; };
const citeAt = (event) => event.target.closest && event.target.closest("a.cite");
document.addEventListener("mouseover", (event) => { const link = citeAt(event); if (link) showCard(link); });
document.addEventListener("focusin", (event) => { const link = citeAt(event); if (link) showCard(link); else hideCard(); });
document.addEventListener("mouseout", (event) => { if (citeAt(event)) hideCard(); });
document.addEventListener("scroll", hideCard, true);

// ---- citations and the proof
let current = null; // {turn, at}: which citation of which answer is open
const citesOf = (turn) => {
  const links = all(`[id="a-${turn}"] .said a.cite`);
  return links.length ? links : all(`[id="a-${turn}"] a.cite`);
};
const markOpen = () => {
  all("a.cite.open").forEach((link) => link.classList.remove("open"));
  if (!current) return;
  const link = citesOf(current.turn)[current.at];
  if (link) link.classList.add("open");
};
const openCite = (link) => {
  hideCard();
  const turn = link.getAttribute("href").split("/")[1];
  const links = citesOf(turn);
  const place = links.includes(link) ? links.indexOf(link) : links.findIndex((other) => other.getAttribute("href") === link.getAttribute("href"));
  current = { turn, at: Math.max(0, place) };
  markOpen();
  const row = sourceOf(link);
  trigger("cite", { href: link.getAttribute("href"), quote: row ? find(".quote", row).textContent : "" });
  room("proof");
};
const step = (by) => {
  if (!current) return;
  const links = citesOf(current.turn);
  let at = current.at + by;
  // neighbouring brackets of one citation lead to the same place: step over them
  while (links[at] && links[current.at] && links[at].getAttribute("href") === links[current.at].getAttribute("href")) at += by;
  if (links[at]) { links[at].scrollIntoView({ block: "nearest" }); openCite(links[at]); current.at = at; markOpen(); }
};
const places = (turn) => [...new Set(citesOf(turn).map((link) => link.getAttribute("href")))];
const proofChanged = () => {
  const view = find("#proof-view");
  const panel = find(".proof", view);
  if (!panel || panel.dataset.seen) return; // a change of our own; what Python sends has no such mark
  panel.dataset.seen = "yes";
  const cited = find(".passage.cited", view);
  const count = find("#count-cite", view);
  if (count && current) {
    const links = citesOf(current.turn);
    const hrefs = places(current.turn);
    const at = links[current.at] ? hrefs.indexOf(links[current.at].getAttribute("href")) : -1;
    count.parentElement.style.display = at >= 0 ? "" : "none"; // a place from a note is not one of a row
    count.textContent = at >= 0 ? `${at + 1} / ${hrefs.length}` : "";
    find("#act-previous-cite", view).disabled = at <= 0;
    find("#act-next-cite", view).disabled = at < 0 || at >= hrefs.length - 1;
  }
  const article = find("article.proof", view);
  if (article && kept("rc:view") === "text") article.classList.add("as-text");
  viewName();
  const scroller = find(".passages", view);
  const home = () => { if (scroller) scroller.scrollTop = cited ? cited.offsetTop - scroller.offsetTop - scroller.clientHeight / 3 : 0; };
  home();
  const picture = find(".paper img", view);
  if (!picture) return;
  picture.addEventListener("error", () => { find("article.proof", view)?.classList.remove("has-sheet"); home(); });
  picture.addEventListener("load", showBox);
  pageButtons();
};
const showBox = () => {
  const sheet = find("#proof-view .sheet");
  const box = sheet && find(".box", sheet);
  if (!box || sheet.dataset.page !== sheet.dataset.cited) return;
  sheet.scrollTop = box.offsetTop - sheet.clientHeight / 3;
  sheet.scrollLeft = box.offsetLeft - 24;
};
const pageButtons = () => {
  const sheet = find("#proof-view .sheet");
  const page = Number(sheet.dataset.page);
  find("#act-previous-page").disabled = page <= 1;
  find("#act-next-page").disabled = page >= Number(sheet.dataset.pages);
  find("#count-page").textContent = `${page} / ${sheet.dataset.pages}`;
};
const turnPage = (by) => {
  const sheet = find("#proof-view .sheet");
  if (!sheet) return;
  const page = Math.min(Math.max(1, Number(sheet.dataset.page) + by), Number(sheet.dataset.pages));
  sheet.dataset.page = page;
  sheet.classList.toggle("elsewhere", sheet.dataset.page !== sheet.dataset.cited);
  const picture = find("img", sheet);
  picture.alt = words.page_n.replace("{n}", page);
  picture.src = `/page/${sheet.dataset.report}/${page}.png`;
  sheet.scrollTop = 0;
  pageButtons();
};
const viewName = () => {
  const button = find("#act-view");
  if (button) button.textContent = find("article.proof.as-text") ? words.view_page : words.view_text;
};
const turnView = () => {
  const article = find("#proof-view article.proof");
  keep("rc:view", article.classList.toggle("as-text") ? "text" : "page");
  viewName();
  delete article.dataset.seen;
  proofChanged();
};

// ---- copying, saving, telling
const toast = (text) => {
  const note = make("div", "toast", text);
  note.setAttribute("role", "status");
  floor.append(note);
  setTimeout(() => note.remove(), 3500);
};
const copy = async (text) => {
  try { await navigator.clipboard.writeText(text); } catch {
    const area = make("textarea");
    area.value = text;
    body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(words.copied);
};
const raw = (id) => [...(find(`[id="${id}"]`)?.childNodes ?? [])].map((node) => (node.nodeName === "BR" ? "\n" : node.textContent)).join("");
const download = (name, data) => {
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  link.download = name;
  body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
const upTo = (turn) => talk.turns.slice(0, talk.turns.findIndex((other) => other.key === turn) + 1);
const judge = (turn, verdict, comment = "") => trigger("feedback", { turns: upTo(turn), verdict, comment });
const comment = (turn, verdict, label) => {
  const dialog = make("dialog", "comment");
  const form = make("form");
  form.method = "dialog";
  const area = make("textarea");
  area.maxLength = 2000;
  area.rows = 4;
  area.placeholder = words.comment;
  area.setAttribute("aria-label", words.comment);
  const yes = make("button", "act primary", words.comment_send);
  yes.value = "yes";
  const no = make("button", "act", words.cancel);
  no.value = "no";
  const row = make("div", "row");
  row.append(no, yes);
  form.append(make("b", "", label), area, row);
  dialog.append(form);
  body.append(dialog);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "yes") judge(turn, verdict, area.value);
    dialog.remove();
  });
  dialog.showModal();
};
watch("value", () => {
  const told = props.value;
  if (!told || !told.do) return;
  if (told.do === "download") download(told.name, told.data);
  else if (told.do === "toast") {
    toast(told.text);
    if (told.replaced) all(".uploads .replace").find((button) => button.value === told.replaced)?.closest(".earlier").remove();
    if (told.turn) judged[told.turn] = told.verdict;
    markJudged();
  }
});
const judged = {};
const markJudged = () => {
  for (const [turn, verdict] of Object.entries(judged)) {
    for (const name of ["right", "wrong", "wrong_citation"]) {
      find(`[id="act-${name.replace("_", "-")}-${turn}"]`)?.classList.toggle("on", name === verdict);
    }
  }
};
