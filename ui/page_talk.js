// The conversation, in the same scope as page.js: asking, growing, stopping, and what this browser keeps of it.

// ---- what the server says of a turn, as nodes: nothing but the tags and attributes that ui/render.py writes
const TAGS = new Set("A B BR BUTTON DETAILS DIV H4 LI MARK OL P SPAN STRONG SUMMARY TABLE TBODY TD TH THEAD TR UL".split(" "));
const NAMES = new Set("class href id role start title".split(" "));
const clean = (html) => {
  const held = new DOMParser().parseFromString(html, "text/html").body;
  for (const node of all("*", held)) {
    if (!TAGS.has(node.tagName)) { node.remove(); continue; }
    for (const name of node.getAttributeNames()) {
      if (!NAMES.has(name) || (name === "href" && !node.getAttribute(name).startsWith("#"))) node.removeAttribute(name);
    }
  }
  return [...held.childNodes];
};
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]/g;

// ---- drawing
const turns = () => find("#chat .turns");
const drawn = (key) => find(`[id="t-${key}"]`);
const begin = (key, text) => {
  const section = make("section", "turn");
  section.id = "t-" + key;
  const question = make("div", "question");
  const asked = make("span", "asked", text.replace(unseen, "").slice(0, 2000));
  if (text.length > 400) asked.tabIndex = 0; // it may have to be scrolled
  question.id = "q-" + key;
  const pencil = make("button", "act edit", "✎");
  pencil.id = "act-edit-" + key;
  pencil.title = words.edit_again;
  question.append(asked, pencil);
  const answer = make("div", "answer running");
  answer.id = "a-" + key;
  answer.append(make("p", "waiting running", words.searching));
  section.append(question, answer);
  turns().append(section);
  body.dataset.talked = "yes";
  return section;
};
const draw = (key, html) => {
  const [answer] = clean(html);
  const before = find(`[id="a-${key}"]`);
  if (!before || !answer || answer.id !== before.id) return;
  for (const link of all("a.cite[title]", answer)) { link.setAttribute("aria-label", link.textContent + " " + link.title); link.removeAttribute("title"); }
  for (const table of all(".table", answer)) table.tabIndex = 0; // wide ones scroll, from the keyboard too
  before.replaceWith(answer);
  markOpen();
  markJudged();
};
const wipe = () => { turns().replaceChildren(); body.dataset.talked = "no"; };

// ---- asking. One question at a time: while an answer grows, another is kept in the box rather than lost on the way.
const chosen = new Set(); // reports to ask; none means all
let asking = ""; // the turn that grows
let showing = 0; // conversations that are on their way from the server
const post = (path, sent) => fetch(path, {
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ tongue: words.tongue, ...sent }),
});
const newKey = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const box = () => find("#ask textarea");
const fill = (text) => {
  if (!box()) return;
  box().value = text;
  box().dispatchEvent(new Event("input", { bubbles: true }));
};
const ask = (text, replaced = editing) => {
  text = text.trim();
  if (asking || showing || !text) return;
  const mine = talk; // whoever goes on to another conversation meanwhile finds the answer in this one
  const place = mine.turns.findIndex((turn) => turn.key === replaced);
  const earlier = place < 0 ? mine.turns : mine.turns.slice(0, place);
  const gone = mine.turns.slice(earlier.length).map((turn) => drawn(turn.key)).filter(Boolean);
  gone.forEach((section) => { section.hidden = true; });
  edit("");
  fill("");
  room("talk");
  const key = newKey();
  setAsking(key);
  const section = begin(key, text);
  section.scrollIntoView({ block: "start" });
  const history = earlier.filter((turn) => turn.state !== "failed").map((turn) => turn.question);
  grow({ key, text, history, reports: [...chosen] })
    .then((turn) => {
      gone.forEach((old) => old.remove());
      mine.turns = earlier.concat([turn]);
      if (!mine.forgotten) save(mine);
    })
    .catch((error) => { // nothing is lost: the question goes back into the box, and what it replaced is there again
      if (talk !== mine) return;
      section.remove();
      gone.forEach((old) => { old.hidden = false; });
      body.dataset.talked = turns().children.length ? "yes" : "no";
      if (!box().value) fill(text);
      toast(error.told || words.lost);
    })
    .finally(() => { if (asking === key) setAsking(""); });
};
const setAsking = (key) => { asking = key; body.classList.toggle("asking", Boolean(key)); };
const grow = async (sent) => {
  const reply = await post("/talk", sent);
  if (reply.status === 401) { // the session is over: sign in, and the question is asked after that
    location.assign(location.pathname + "?q=" + encodeURIComponent(sent.text));
    await new Promise(() => {});
  }
  if (!reply.ok) throw Object.assign(new Error(), { told: (await reply.json().catch(() => ({}))).error });
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let left = "";
  let turn = null;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (left + part.value).split("\n");
    left = lines.pop();
    const last = lines.at(-1) && JSON.parse(lines.at(-1)); // a newer line holds all of the ones before
    if (last) { draw(sent.key, last.html); turn = last.turn ?? turn; }
  }
  if (!turn) throw new Error("the stream ended early");
  return turn;
};
const stop = () => { if (asking) post("/talk/stop", { key: asking }).catch(() => toast(words.lost)); };
// Enter and the buttons of the box: they go one way with examples and links.
const taken = (event, act) => { event.preventDefault(); event.stopPropagation(); act(); };
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === box()) taken(event, () => ask(box().value));
}, true);
document.addEventListener("click", (event) => {
  const button = event.target.closest && event.target.closest("#ask button");
  if (button) taken(event, button.matches(".stop-button") ? stop : () => ask(box().value));
}, true);
const questionOf = (key) => talk.turns.find((turn) => turn.key === key)?.question ?? "";
// An earlier question in the box: what is asked next takes its place, and that of all after it.
let editing = "";
const edit = (key) => {
  editing = key;
  find("#editing")?.remove();
  if (!key) return;
  const bar = make("div", "scope on", words.editing + " ");
  bar.id = "editing";
  const leave = make("button", "act", words.cancel);
  leave.id = "act-edit-stop";
  bar.append(leave);
  find("#scope").after(bar);
  fill(questionOf(key));
  room("talk");
  box()?.focus();
};

// ---- conversations, kept in this browser only
const MOST = 40;
const parse = (text, otherwise) => { try { return JSON.parse(text) ?? otherwise; } catch { return otherwise; } };
const index = () => parse(kept("rc:list"), []).filter((entry) => entry && typeof entry.id === "string");
const newId = () => "c" + crypto.getRandomValues(new Uint32Array(2)).join("");
let talk = { id: sessionStorage.getItem("rc:open") || newId(), turns: [] };
if (kept("rc:talk:" + talk.id)) body.dataset.talked = "yes"; // no welcome on the way back to a conversation
const forget = (id) => {
  if (id === talk.id) talk.forgotten = true;
  localStorage.removeItem("rc:talk:" + id);
  keep("rc:list", JSON.stringify(index().filter((entry) => entry.id !== id)));
};
const save = ({ id, turns: all }) => {
  if (id === talk.id) sessionStorage.setItem("rc:open", id);
  const entry = { id, title: all[0].question.slice(0, 120), time: Date.now() };
  let entries = [entry, ...index().filter((other) => other.id !== id)];
  for (const old of entries.slice(MOST)) localStorage.removeItem("rc:talk:" + old.id);
  entries = entries.slice(0, MOST);
  while (!keep("rc:talk:" + id, JSON.stringify(all)) && entries.length > 1) {
    localStorage.removeItem("rc:talk:" + entries.pop().id);
  }
  keep("rc:list", JSON.stringify(entries));
};
const show = (id) => {
  stop();
  setAsking("");
  const held = parse(kept("rc:talk:" + id), []);
  talk = { id, turns: Array.isArray(held) ? held : [] };
  sessionStorage.setItem("rc:open", id);
  current = null;
  edit("");
  room("talk");
  wipe();
  if (!talk.turns.length) return;
  showing += 1;
  const shown = talk;
  post("/talk/show", { turns: talk.turns })
    .then((reply) => (reply.ok ? reply.json() : Promise.reject(new Error(reply.status))))
    .then((html) => {
      if (talk !== shown) return;
      talk.turns = talk.turns.filter((turn) => turn && html[turn.key]);
      for (const turn of talk.turns) { begin(turn.key, turn.question); draw(turn.key, html[turn.key]); }
      turns().lastElementChild?.scrollIntoView({ block: "start" });
    })
    .catch(() => toast(words.lost))
    .finally(() => { showing -= 1; });
};
const drawHistory = () => {
  const menu = find("#history .menu");
  menu.replaceChildren();
  for (const entry of index()) {
    const row = make("div", "row" + (entry.id === talk.id ? " on" : ""));
    const open = make("button", "act talk-open", entry.title);
    open.title = new Date(entry.time).toLocaleString(document.documentElement.lang);
    open.dataset.talk = entry.id;
    const drop = make("button", "act talk-drop", "×");
    drop.dataset.talk = entry.id;
    drop.setAttribute("aria-label", words.delete_chat + ": " + entry.title);
    row.append(open, drop);
    menu.append(row);
  }
  menu.append(make("p", "hint", words.history_none));
};
