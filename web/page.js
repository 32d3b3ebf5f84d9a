// The page's own behaviour: what is sent to the server, cards and chips, the scope, folding. No library, no request
// of its own: window.policyqaBridges[name](data) hands an action to Gradio, and Gradio hands HTML back.
(() => {
  if (window.policyqa) return;
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const send = (name, data = {}) => {
    const bridge = (window.policyqaBridges || {})[name];
    if (bridge) bridge(data);
    else tell("页面还没有准备好，请稍等一下再试。");
  };
  const narrow = () => window.matchMedia("(max-width: 900px)").matches;

  // --- small messages ---
  let fading;
  function tell(text) {
    let box = $("#told");
    if (!box) {
      box = document.createElement("div");
      box.id = "told";
      box.setAttribute("role", "status");
      document.body.append(box);
    }
    box.textContent = text;
    box.classList.add("on");
    clearTimeout(fading);
    fading = setTimeout(() => box.classList.remove("on"), 2600);
  }

  // --- what questions are kept to ---
  const off = new Set(); // documents that are unticked, and the filters: kept when the list is drawn anew
  const wanted = {};
  let only = null; // {doc, words}: the next question is about this document alone; {turn, words}: within what a turn was kept to
  function rows() { return $$("#documents .files > li"); }
  function filters() {
    const chosen = {};
    for (const select of $$("#documents select[data-filter]")) if (select.value) chosen[select.dataset.filter] = select.value;
    return chosen;
  }
  function matches(row, chosen) { return Object.entries(chosen).every(([name, value]) => row.dataset[name] === value); }
  function drawScope() {
    for (const select of $$("#documents select[data-filter]")) {
      const value = wanted[select.dataset.filter] || "";
      if (select.value !== value && [...select.options].some((option) => option.value === value)) select.value = value;
    }
    const chosen = filters();
    const words = ($("#documents .find")?.value || "").trim().toLowerCase();
    let ticked = 0, listed = 0, seen = 0, tickedSeen = 0;
    for (const row of rows()) {
      const within = matches(row, chosen);
      row.hidden = !within || !row.dataset.words.includes(words);
      const box = $("input[type=checkbox]", row);
      box.checked = !off.has(row.dataset.doc);
      if (within) { listed += 1; ticked += box.checked ? 1 : 0; }
      if (!row.hidden) { seen += 1; tickedSeen += box.checked ? 1 : 0; }
    }
    const all = $("#documents .all");
    if (all) { all.checked = tickedSeen === seen; all.indeterminate = tickedSeen > 0 && tickedSeen < seen; } // of what is in sight
    const told = $("#documents .chosen");
    const said = `就 ${ticked} 份文件提问` + (listed < rows().length ? `（筛选后 ${listed} 份）` : "");
    if (told && told.textContent !== said) told.textContent = said; // a change is observed and comes back here
    const line = $("#ask-scope");
    if (line) {
      line.replaceChildren();
      const words = only ? only.words : ticked < rows().length ? `范围：${ticked} 份文件` : "";
      if (words) {
        const tag = document.createElement("span");
        tag.textContent = words;
        line.append(tag);
      }
      if (only) {
        const drop = document.createElement("button");
        drop.type = "button"; drop.textContent = "✕"; drop.dataset.do = "all-documents";
        drop.setAttribute("aria-label", "不再限于这个范围");
        line.append(drop);
      }
    }
  }
  function scope() {
    if (only?.doc) return { documents: [only.doc], filters: {} };
    const chosen = filters();
    const kept = rows().filter((row) => matches(row, chosen) && !off.has(row.dataset.doc)).map((row) => row.dataset.doc);
    return { documents: kept.length === rows().length ? null : kept, filters: chosen };
  }

  // --- the list of conversations ---
  const found = () => ({ words: $("#find-talks")?.value || "" }); // what it is narrowed to

  // --- asking ---
  const LONGEST = 2000; // characters of a question
  let waiting = null; // the question that is asked once the present one is answered
  let lost = false; // the server is not there; Gradio loads the page anew once it is back
  let onItsWay = ""; // the question that the server has not shown yet
  function askServer(asked) { onItsWay = asked.question; send("ask", asked); }
  function giveBack() { // what did not reach the server is there to be sent again
    if (onItsWay && $("#question") && !$("#question").value) write(onItsWay);
    onItsWay = "";
  }
  // What is typed outlives a page that is loaded anew.
  function keepDraft(text) { try { sessionStorage.setItem("policyqa-draft", text); } catch { /* no storage */ } }
  function draft() { try { return sessionStorage.getItem("policyqa-draft") || ""; } catch { return ""; } }
  function ask(question, more = {}) {
    question = question.trim();
    if (!question) { $("#question")?.focus(); return false; }
    if (lost) { tell("与服务器的连接断了；连上以后再问。"); return false; }
    if ([...question].length > LONGEST) { tell(`问题有 ${[...question].length} 个字，最多 ${LONGEST} 个。请写短一些。`); return false; }
    const kept = scope(); // a turn that is asked again has its own, on the server
    const turn = more.new ? undefined : more.turn ?? only?.turn;
    if (!turn && kept.documents && !kept.documents.length) { tell("一份文件也没有选；请在左边至少选一份。"); return false; }
    const asked = { question, ...kept, ...found(), search: Boolean($("#only-search")?.checked), ...more, turn };
    only = null;
    drawScope();
    if ($("#live .waiting")) { // a model that writes is stopped, its draft stays; anything else is there in a moment
      waiting = asked;
      if ($("#live .draft")) send("stop");
      tell("接着答这一问。");
    } else askServer(asked);
    return true;
  }
  function write(question) { // to be changed and sent
    const box = $("#question");
    box.value = question;
    keepDraft(question);
    grow(box); box.focus(); drawScope();
  }
  function elsewhere() { if (only?.turn) { only = null; drawScope(); } } // another conversation has other turns
  function submit() {
    const box = $("#question");
    if (!ask(box.value)) return;
    box.value = "";
    keepDraft("");
    grow(box);
  }
  function fields(form) { // of the settings, with the key: it goes to the server and is kept nowhere here
    return { ...Object.fromEntries(new FormData(form)), passages: Number(form.elements.passages.value) };
  }
  function grow(box) { box.style.height = "auto"; box.style.height = Math.min(box.scrollHeight + 2, 180) + "px"; }
  function tab(name) { $$('[role="tab"]').find((button) => button.textContent.trim() === name)?.click(); }

  // --- chips and cards ---
  function light(turn, n) {
    const card = document.getElementById(`card-${turn}-${n}`);
    if (!card) { send("evidence", { turn: Number(turn), n: Number(n) }); return; }
    showRight();
    for (const other of $$(".card.lit")) other.classList.remove("lit");
    card.open = true;
    card.classList.add("lit");
    card.scrollIntoView({ block: narrow() ? "start" : "nearest", behavior: "smooth" });
    const quiet = card.querySelector("summary");
    quiet?.focus({ preventScroll: true });
  }
  let over, described; // the card that tells of a chip, and the chip
  function hover(chip) {
    const text = $(`[data-hover="${chip.dataset.turn}-${chip.dataset.n}"]`);
    if (!text || narrow()) return;
    if (!over) { over = document.createElement("div"); over.id = "hover-card"; over.setAttribute("role", "tooltip"); document.body.append(over); }
    over.innerHTML = text.innerHTML; // escaped by the server
    over.classList.add("on");
    described?.removeAttribute("aria-describedby");
    described = chip;
    chip.setAttribute("aria-describedby", over.id);
    const at = chip.getBoundingClientRect(), size = over.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, innerWidth - size.width - 8));
    const below = at.bottom + 6 + size.height < innerHeight;
    over.style.left = `${left}px`;
    over.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)}px`;
  }
  function unhover() { over?.classList.remove("on"); described?.removeAttribute("aria-describedby"); }

  // --- the document ---
  let before; // what had the focus before the document was opened
  function opened() {
    const sheet = $("#sheet .document");
    if (!sheet) return;
    if (!document.body.classList.contains("reading")) before = document.activeElement;
    document.body.classList.add("reading");
    const target = $("#focus", sheet);
    if (narrow()) { const outline = $(".outline details", sheet); if (outline) outline.open = false; }
    if (target) target.scrollIntoView({ block: "center" }); else $(".body", sheet).scrollTop = 0;
    $(".close", sheet)?.focus({ preventScroll: true });
  }
  function close() {
    document.body.classList.remove("reading");
    before?.focus?.({ preventScroll: true });
  }

  // --- folding, light and dark ---
  function showRight() { document.body.classList.remove("no-right"); store("no-right", ""); }
  function store(name, value) { try { localStorage.setItem(`policyqa-${name}`, value); } catch { /* private window */ } }
  function stored(name) { try { return localStorage.getItem(`policyqa-${name}`); } catch { return null; } }
  function fold(side) {
    const name = `no-${side}`;
    store(name, document.body.classList.toggle(name) ? "1" : "");
    marks();
  }
  function marks() {
    for (const button of $$("[data-do=fold]")) {
      const hidden = document.body.classList.contains(`no-${button.dataset.side}`);
      button.setAttribute("aria-expanded", String(!hidden));
    }
  }
  function theme() {
    const dark = !document.body.classList.contains("dark");
    document.body.classList.toggle("dark", dark);
    store("theme", dark ? "dark" : "light");
    marks();
  }

  // --- copy, save, upload ---
  async function copy(text) {
    try { await navigator.clipboard.writeText(text); }
    catch { // no secure context
      const area = document.createElement("textarea");
      area.value = text; area.style.position = "fixed"; area.style.opacity = "0";
      document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
    }
    tell("已复制。");
  }
  function save(payload) {
    if (!payload) return;
    const { name, type, data } = JSON.parse(payload);
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  const TOGETHER = 50; // files that are handed over in one action: from then on the server looks after them
  let sending = 0; // uploads that the browser is at
  async function take(files) {
    files = files.filter((file) => !(file.webkitRelativePath || file.name).split("/").some((part) => part.startsWith(".")));
    if (!files.length) { tell("没有可以上传的文件（隐藏的文件不传）。"); return; }
    const line = $("#sending");
    const failed = new Map(); // reason -> names
    let sent = [];
    sending += 1;
    for (const [done, file] of files.entries()) {
      const name = file.webkitRelativePath || file.name;
      if (line) line.textContent = `正在上传 ${done + 1}/${files.length}：${name}`;
      try {
        const { path } = await window.policyqaUpload(file);
        sent.push({ path, name });
      } catch (error) { failed.set(reason(error), [...(failed.get(reason(error)) || []), name]); }
      if (sent.length === TOGETHER) { send("upload", { files: sent }); sent = []; }
    }
    sending -= 1;
    if (sent.length) send("upload", { files: sent });
    const told = [...failed].map(([why, names]) => `${names.join("、")}：${why}`);
    if (line) line.textContent = told.length ? ["没有传上来：", ...told].join("\n") : "";
  }
  function reason(error) { // why a file was not taken, in the server's words where it has said it
    const said = /^HTTP (\d+): (.*)$/s.exec(error?.message || "");
    if (said) {
      try { const told = JSON.parse(said[2]).error; if (told) return String(told); } catch { /* no words of ours */ }
      return `服务器没有收下（HTTP ${said[1]}）。请稍后再试。`;
    }
    if (/maximum allowed size/.test(error?.message)) return "文件太大。请拆分后再上传。";
    return "文件打不开，或网络断了。请检查后再传一次。";
  }
  window.addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });
  let chosenSet = {}; // {path, name} of the question set to run; the answers put by otherwise
  async function chooseSet(file) {
    if (!file) return;
    const line = $("#chosen-set");
    line.textContent = "正在上传……";
    try {
      chosenSet = { path: (await window.policyqaUpload(file)).path, name: file.name };
      line.textContent = `已选：${file.name}`;
    } catch (error) { chosenSet = {}; line.textContent = `没有传上来：${reason(error)}`; }
  }
  async function dropped(items) { // folders too
    const files = [];
    async function walk(entry, path) {
      if (entry.isFile) {
        const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
        Object.defineProperty(file, "webkitRelativePath", { value: path + file.name });
        files.push(file);
      } else if (entry.isDirectory) {
        const reader = entry.createReader();
        for (let batch; (batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))).length; )
          for (const inner of batch) await walk(inner, `${path}${entry.name}/`);
      }
    }
    for (const entry of items.map((item) => item.webkitGetAsEntry?.()).filter(Boolean)) await walk(entry, "");
    return files;
  }

  // --- what a click does ---
  const doing = {
    card: (b) => { unhover(); light(b.dataset.turn, b.dataset.n); },
    open: (b) => send("open", { doc: b.dataset.doc, start: Number(b.dataset.start), end: Number(b.dataset.end) }),
    goto: (b) => {
      document.getElementById(`section-${b.dataset.section}`)?.scrollIntoView({ block: "start" });
      if (narrow()) b.closest("details").open = false;
    },
    close,
    ask: (b) => { tab("问答"); ask(b.dataset.question); },
    again: (b) => ask(b.dataset.question, { turn: Number(b.dataset.turn) }),
    "ask-new": (b) => { tab("问答"); ask(b.dataset.question, { documents: null, filters: {}, search: false, new: true, before: JSON.parse(b.dataset.before) }); },
    "ask-clause": (b) => {
      const sheet = b.closest(".document");
      only = { doc: sheet.dataset.doc, words: `只问${sheet.dataset.title}` };
      close();
      write(b.dataset.question);
    },
    reword: (b) => {
      only = { turn: Number(b.dataset.turn), words: "范围与这一问相同" };
      write(b.dataset.question);
    },
    "to-question": () => { tab("问答"); $("#question").focus(); },
    "all-documents": () => { only = null; drawScope(); $("#question").focus(); },
    send: submit,
    stop: (b) => { waiting = null; b.disabled = true; send("stop"); },
    "try-model": (b) => send("try-model", fields(b.form)),
    copy: (b) => copy(b.dataset.text),
    download: (b) => { b.closest("details").open = false; send("download", { turn: Number(b.dataset.turn), format: b.dataset.format }); },
    good: (b) => send("judge", { turn: Number(b.dataset.turn), verdict: "good", reason: "", note: "" }),
    bad: (b) => send("judge", { turn: Number(b.dataset.turn), verdict: "bad", reason: b.dataset.reason, note: $(".remark", b.parentElement).value }),
    keep: (b) => send("keep", { turn: Number(b.dataset.turn) }),
    "ask-remove": (b) => { const line = $(".confirm", b.closest("li, tr")); line.hidden = false; $("button", line).focus(); },
    "keep-it": (b) => { b.closest(".confirm").hidden = true; },
    remove: (b) => send("remove", { doc: b.dataset.doc }),
    talk: (b) => { elsewhere(); send("talk", { id: b.dataset.id, ...found() }); },
    "new-talk": () => { elsewhere(); send("talk", { id: "", ...found() }); $("#question")?.focus(); },
    "edit-title": (b) => { const form = $("form.rename", b.parentElement); form.hidden = !form.hidden; $("input", form).select(); },
    "delete-talk": (b) => send("delete", { id: b.dataset.id, ...found() }),
    "clear-uploads": () => send("clear"),
    "pick-set": () => $("#pick-set").click(),
    "run-set": () => send("run", chosenSet),
    "stop-set": () => send("stop-run"),
    "run-open": (b) => send("run-open", { id: b.dataset.id }),
    "run-resume": (b) => send("run-resume", { id: b.dataset.id }),
    "run-label": (b) => send("run-label", { id: b.dataset.id, set: b.dataset.set, number: Number(b.dataset.number), mark: b.dataset.mark }),
    "run-remove": (b) => send("run-remove", { id: b.dataset.id }),
    "run-save": (b) => send("run-save", { id: b.dataset.id, format: b.dataset.format }),
    "run-compare": () => {
      const ids = $$("#runs [data-run]:checked").map((box) => box.dataset.run);
      if (ids.length === 2) send("run-compare", { a: ids[0], b: ids[1] });
      else tell("请勾选两次评测，再点对比。");
    },
    fold: (b) => fold(b.dataset.side),
    theme,
    pick: (b) => $(b.dataset.folder ? "#pick-folder" : "#pick-files").click(),
  };
  // These change the conversation; the answer on its way would be lost or undo them.
  const afterwards = new Set(["good", "bad", "keep", "talk", "new-talk", "delete-talk"]);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-do]");
    const mine = event.target.closest?.("details.menu");
    for (const menu of $$("details.menu[open]")) if (menu !== mine) menu.open = false;
    if (event.target.closest?.("#sheet") && !event.target.closest(".document")) return close(); // beside the document
    if (!button || button.tagName === "FORM") return;
    if (afterwards.has(button.dataset.do) && $("#live .waiting")) { tell("上一个问题还在回答；请等它答完，或先点“停止”。"); return; }
    doing[button.dataset.do]?.(button);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.closest?.("#top form")) keepDraft(""); // of no concern to who logs in next
    const form = event.target.closest?.("form[data-do]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.do === "again") ask(form.elements.question.value, { turn: Number(form.dataset.turn) });
    if (form.dataset.do === "settings") { send("settings", fields(form)); form.elements.key.value = ""; }
    if (form.dataset.do === "rename-talk") send("rename", { id: form.dataset.id, title: form.elements.title.value, ...found() });
  });
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches?.("#documents .files input[type=checkbox]")) {
      const doc = box.closest("li").dataset.doc;
      if (box.checked) off.delete(doc); else off.add(doc);
      drawScope();
    } else if (box.matches?.("#documents .all")) {
      for (const row of rows()) if (!row.hidden) { if (box.checked) off.delete(row.dataset.doc); else off.add(row.dataset.doc); }
      drawScope();
    } else if (box.matches?.("#documents select[data-filter]")) { wanted[box.dataset.filter] = box.value; drawScope(); }
    else if (box.matches?.(".settings [name=engine], .settings [name=service]")) {
      box.form.dataset[box.name] = box.value;
      const model = box.form.elements.model;
      if (box.name === "service") {
        model.value = box.form.elements.address.value = box.form.elements.key.value = "";
        const { example, keyless } = box.selectedOptions[0].dataset;
        model.placeholder = `例如 ${example}`;
        box.form.elements.key.placeholder = keyless;
      }
    } else if (box.id === "pick-set") chooseSet(box.files[0]);
    else if (box.matches?.("#pick-files, #pick-folder")) { take([...box.files]); box.value = ""; }
  });
  let searching;
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (box.id === "question") { grow(box); keepDraft(box.value); }
    if (box.matches?.("#documents .find")) drawScope();
    if (box.id === "find-talks") { clearTimeout(searching); searching = setTimeout(() => send("find", found()), 250); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.id === "question" && event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
    if (event.key === "Escape") { unhover(); for (const menu of $$("details.menu[open]")) menu.open = false; if (document.body.classList.contains("reading")) close(); }
    if (event.key === "Tab" && document.body.classList.contains("reading")) { // the focus stays in the dialog
      const inside = $$("#sheet button, #sheet summary, #sheet [tabindex]").filter((e) => e.offsetParent);
      const first = inside[0], last = inside[inside.length - 1];
      if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
      else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
    }
  });
  for (const [on, does] of [["mouseover", hover], ["focusin", hover], ["mouseout", unhover], ["focusout", unhover]])
    document.addEventListener(on, (event) => { const chip = event.target.closest?.(".chip"); if (chip) does(chip); });
  document.addEventListener("scroll", unhover, true);
  document.addEventListener("dragover", (event) => { if (event.target.closest?.("#drop")) { event.preventDefault(); $("#drop").classList.add("over"); } });
  document.addEventListener("dragleave", (event) => { if (event.target.closest?.("#drop")) $("#drop").classList.remove("over"); });
  document.addEventListener("drop", async (event) => {
    if (!event.target.closest?.("#drop")) return;
    event.preventDefault();
    $("#drop").classList.remove("over");
    take(await dropped([...event.dataTransfer.items]));
  });

  // --- what Gradio says in English whatever the language ---
  const CHINESE = { Error: "没有做成", Info: "好了", Warning: "请注意", Loading: "正在处理", Close: "关闭", Clear: "清除", "More tabs": "更多" };
  const LOST = /^Connection (to the server was lost|errored out)/;
  function inChinese(said) {
    if (LOST.test(said)) { lost = true; return "与服务器的连接断了，正在重新连接；连上后这一页会自己刷新。"; }
    if (/^Queue is full/.test(said)) return "现在提问的人太多了。请过一会儿再试。";
    if (/^HTTP \d+: |maximum allowed size|^Failed to fetch$/.test(said)) return reason({ message: said });
    return CHINESE[said];
  }
  function translate(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.parentElement?.closest(".html-container")) return;
      const said = inChinese(node.data.trim());
      if (said) node.data = said;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.closest(".html-container, script, style")) return;
    if (node.matches(".toast-message-text.error")) giveBack();
    for (const name of ["aria-label", "title"]) if (CHINESE[node.getAttribute(name)]) node.setAttribute(name, CHINESE[node.getAttribute(name)]);
    node.childNodes.forEach(translate);
  }
  new MutationObserver((changes) => {
    for (const change of changes) if (change.type === "characterData") translate(change.target); else change.addedNodes.forEach(translate);
  }).observe(document.documentElement, { childList: true, characterData: true, subtree: true });

  // --- called when the server has answered ---
  function settled() { // the conversation as it is now: its address, and its newest turn in sight
    const talk = $("#talk [data-conversation]");
    const here = new URL(location.href);
    const id = talk?.dataset.conversation || "";
    if (id) here.searchParams.set("talk", id); else here.searchParams.delete("talk");
    if (here.href !== location.href) history.replaceState(null, "", here);
  }
  function announce(text) { // for who hears the page instead of seeing it
    let box = $("#announced");
    if (!box) {
      box = document.createElement("div");
      box.id = "announced"; box.className = "unseen"; box.setAttribute("role", "status");
      document.body.append(box);
    }
    box.textContent = text;
  }
  function answered() {
    settled();
    if ($$("#talk .turn .question").pop()?.textContent === onItsWay) onItsWay = "";
    giveBack();
    if (waiting) { const asked = waiting; waiting = null; askServer(asked); return; }
    const turns = $$("#talk .turn");
    const newest = turns[turns.length - 1];
    newest?.scrollIntoView({ block: "start", behavior: "smooth" });
    if ($("#right")) $("#right").scrollTop = 0; // its evidence from the first card
    if (newest) announce($(".text, .refusal .why", newest)?.textContent || "");
  }
  function lit() {
    showRight();
    const card = $(".card.lit");
    card?.scrollIntoView({ block: narrow() ? "start" : "nearest", behavior: "smooth" });
    card?.querySelector("summary")?.focus({ preventScroll: true });
  }
  function tried() { $("#tried .trial")?.scrollIntoView({ block: "nearest", behavior: "smooth" }); }
  function reported() { $("#report")?.scrollIntoView({ block: "start", behavior: "smooth" }); }
  function labelled(payload) { // what people have said of the answers of the run that is open
    const said = JSON.parse(payload);
    const report = $(`#report [data-run-id="${said.id}"]`);
    if (!report) return;
    const marks = new Map(said.labels.map(([set, number, mark]) => [`${number} ${set}`, mark]));
    for (const button of $$("[data-do=run-label]", report))
      button.setAttribute("aria-pressed", String(marks.get(`${button.dataset.number} ${button.dataset.set}`) === button.dataset.mark));
    $(".agreement", report).innerHTML = said.agreement;
  }
  function start() {
    document.documentElement.lang = "zh-CN";
    if (stored("theme")) document.body.classList.toggle("dark", stored("theme") === "dark");
    for (const side of ["left", "right"]) {
      const kept = stored(`no-${side}`);
      document.body.classList.toggle(`no-${side}`, kept === null ? side === "left" && narrow() : kept === "1");
    }
    const list = $("#documents");
    if (list) new MutationObserver(drawScope).observe(list, { childList: true, subtree: true });
    const live = $("#live");
    if (draft() && !$("#question").value) { $("#question").value = draft(); grow($("#question")); }
    let working = false;
    if (live) new MutationObserver(() => { // a question that is worked on is in sight from its beginning
      const turn = $(".turn", live);
      if (turn && !working) turn.scrollIntoView({ block: "start", behavior: "smooth" });
      working = Boolean(turn);
      if (turn) onItsWay = "";
    }).observe(live, { childList: true, subtree: true });
    drawScope();
    marks();
    settled();
  }
  window.policyqa = { send, ask, tell, save, opened, answered, settled, lit, reported, labelled, tried, start, scope, close };
})();
