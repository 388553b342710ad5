// The search, and roles side by side. What is typed goes to no server: it is answered here, by titlecanon as WebAssembly, or where
// that cannot be had by a search for words. Everything is put into the page as text, never as HTML.
"use strict";

const $ = (id) => document.getElementById(id);
const settings = $("main").dataset;

/** An element with attributes and children; what is null is left out. */
const el = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== null) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null));
  return made;
};

const rolePath = (code) => {
  const [job, focus, level] = code.split(".").map(encodeURIComponent);
  return `role/${job}/${focus}.${level}.html`;
};
const roleLink = (code, title, id) => el("a", { href: rolePath(code), id: id || null }, title);
const codeOf = (code, id) => el("code", { id: id || null }, code);
/** Says how it stands: to be seen, unless what is shown says it too. */
const say = (text, seen = true) => {
  $("status").textContent = text;
  $("status").classList.toggle("unseen", !seen);
};
const show = (...parts) => $("answer").replaceChildren(...parts.filter((part) => part !== null));

/** What a verdict means, as the legend on the page says it. */
const legend = (verdict, part) => document.querySelector(`#verdicts [data-verdict="${verdict}"] ${part}`).textContent;

/** The engine, loaded once. */
let engine = null;
const load = () => (engine ??= begin());

async function begin() {
  if (!settings.engine) throw new Error($("plain").textContent);
  if (location.protocol === "file:") {
    throw new Error("browsers load no WebAssembly from a disk. Serve the folder over HTTP, for example with: python3 -m http.server");
  }
  const bytes = async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url} cannot be loaded (${answer.status}).`);
    return answer.arrayBuffer();
  };
  const [code, taxonomy] = await Promise.all([bytes(settings.engine), bytes(settings.taxonomy)]);
  const { exports } = (await WebAssembly.instantiate(code, {})).instance;
  // Pointers are unsigned, JavaScript's view of them isn't; and memory may move whenever it grows.
  const put = (given) => {
    const at = exports.titlecanon_input(given.length) >>> 0;
    if (at === 0) throw new Error("there is too little memory.");
    new Uint8Array(exports.memory.buffer, at, given.length).set(given);
    return given.length;
  };
  const get = (length) =>
    new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.titlecanon_output() >>> 0, length >>> 0));
  const refused = exports.titlecanon_load(put(new Uint8Array(taxonomy)));
  if (refused) throw new Error(get(refused));
  exports.titlecanon_settings(Number(settings.candidates), Number(settings.fuzzy));
  const ask = (name) => (text) => JSON.parse(get(exports[name](put(new TextEncoder().encode(text)))));
  return { resolve: ask("titlecanon_resolve"), compare: ask("titlecanon_compare") };
}

/** The names of all roles, loaded once, as a script: from a disk a browser loads nothing else. */
let names = null;
const loadNames = () =>
  (names ??= new Promise((resolve, reject) => {
    const script = el("script", { src: settings.names });
    script.onload = () => resolve(window.titlecanonNames);
    script.onerror = () => reject(new Error(`${settings.names} cannot be loaded.`));
    document.head.append(script);
  }));

/** Says why the page does less than it could. */
const explain = (before, error) => {
  if (settings.engine) {
    $("plain").textContent = `${before}, because ${error.message}`;
    $("plain").hidden = false;
  }
};

/** Keeps what was asked in the address, so that it can be sent to somebody. */
const keep = (query) => {
  try {
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  } catch {
    // From a disk some browsers don't let a page do that; the answer is there all the same.
  }
};

// The search.

const sure = (name, confidence) =>
  confidence && el("div", null, el("dt", null, name), el("dd", null, confidence.shown, " ", el("span", { class: `band ${confidence.band}` }, confidence.band)));

function showAnswer(found) {
  const { answer, confidence, others } = found;
  const verdict = legend(answer.verdict, "dt");
  const head = el("p", { class: `verdict ${answer.verdict}` }, el("b", { id: "verdict" }, verdict), `: ${legend(answer.verdict, "dd")}.`);
  const best =
    answer.code &&
    el("div", { class: "best" }, el("h2", null, roleLink(answer.code, answer.role, "role")), el("p", null, codeOf(answer.code, "code"), ` ${answer.function}, ${answer.family}`));
  const level = answer.level && el("div", null, el("dt", null, "Level"), el("dd", { id: "level" }, found.level_name ? `${answer.level} ${found.level_name}` : answer.level));
  const numbers = el("dl", { class: "facts", id: "confidences" }, sure("Confidence of the role", confidence), sure("Function confidence", found.function_confidence), level, sure("Level confidence", found.level_confidence));
  const aside =
    found.set_aside.length > 0
      ? el("p", { id: "aside" }, "Set aside: ", found.set_aside.flatMap(({ kind, text }, nth) => [nth ? ", " : "", el("q", null, text), kind === text.toLowerCase() ? "" : ` (${kind})`]), ".")
      : null;
  const list =
    others.length > 0
      ? [el("h3", null, answer.verdict === "confident" ? "The title also names" : "Or"), el("ul", { class: "others", id: "others" }, others.map((other) => el("li", null, roleLink(other.code, other.role), " ", codeOf(other.code), ` ${other.confidence.shown} ${other.confidence.band}`)))]
      : [];
  const why = el("details", null, el("summary", null, "How it was read"), el("pre", { id: "why", tabindex: "0" }, found.explanation));
  say(answer.code ? `${verdict}: ${answer.role}, ${answer.code}, ${confidence.shown} ${confidence.band}` : verdict, false);
  show(el("div", { class: "answer" }, head, best || null, answer.level || answer.code ? numbers : null, aside, ...list, why));
}

/** Roles whose names have all words, those that are nothing else first. */
function look({ functions, focuses }, text) {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  if (words.length === 0) return [];
  const found = [];
  for (const [at, focus, name, job, level] of focuses) {
    const [code, functionName, levels] = functions[at];
    // A role code names its level too.
    const known = levels.toLowerCase().split(" ");
    const asked = words.length > 1 && known.includes(words.at(-1)) ? words.at(-1) : null;
    const wanted = asked ? words.slice(0, -1) : words;
    const all = ` ${job} ${functionName} ${name} ${code} ${focus}`.toLowerCase();
    if (!wanted.every((word) => all.includes(word))) continue;
    const starts = wanted.filter((word) => all.includes(` ${word}`)).length;
    const inJob = wanted.filter((word) => job.toLowerCase().includes(word)).length;
    const whole = job.toLowerCase() === wanted.join(" ") || (code.toLowerCase() === wanted[0] && (wanted[1] || "gen") === focus.toLowerCase());
    found.push([(whole ? 1000 : 0) + 10 * inJob + starts - job.length / 100, `${code}.${focus}.${asked ? asked.toUpperCase() : level}`, job]);
  }
  return found.sort((one, other) => other[0] - one[0]);
}

const MOST_FOUND = 30;

async function showPlain(text) {
  const found = look(await loadNames(), text);
  const shown = found.slice(0, MOST_FOUND);
  say(found.length === 0 ? "Nothing has all of these words." : `${found.length} found${found.length > MOST_FOUND ? `, the first ${MOST_FOUND} shown` : ""}`);
  show(el("ul", { class: "others", id: "others" }, shown.map(([, code, job]) => el("li", null, roleLink(code, job), " ", codeOf(code)))));
}

let asked = 0;

async function answer(text) {
  const turn = ++asked;
  keep(text && new URLSearchParams({ q: text }));
  if (!text.trim()) {
    say("");
    return show();
  }
  let loaded = null;
  try {
    if (!$("answer").hasChildNodes() && settings.engine) say("Loading the taxonomy…");
    loaded = await load();
  } catch (error) {
    explain("This is a plain search by words", error);
  }
  if (turn !== asked) return;
  if (loaded) showAnswer(loaded.resolve(text));
  else await showPlain(text);
}

function search(form) {
  const input = $("q");
  const failed = (error) => say(`The search does not work: ${error.message}`);
  const ask = () => answer(input.value).catch(failed);
  let waiting = 0;
  // So long after the last letter that it is asked once for a word typed at usual speed.
  const PAUSE = 120;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  // Who goes there is likely to type.
  input.addEventListener("focus", () => load().catch(() => {}), { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    ask();
  });
  const given = new URLSearchParams(location.search).get("q");
  if (given) {
    input.value = given;
    ask();
  }
}

// Roles side by side.

/** What is the same for all stands in one cell under all of them. */
const cells = (values, shared) =>
  shared ? [el("td", { colspan: values.length, class: "same" }, values[0] || "–", " ", el("span", { class: "tag" }, "same"))] : values.map((value) => el("td", null, value || "–"));

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const wide = (label, table) => el("div", { class: "wide", tabindex: "0", role: "group", "aria-label": label }, table);

function heads(roles) {
  return el("thead", null, el("tr", null, el("td", null), roles.map(({ code, title }) => el("th", { scope: "col" }, roleLink(code, title), " ", codeOf(code)))));
}

function table(id, caption, roles, rows) {
  return wide(caption, el("table", { class: `beside of-${roles.length}`, id }, el("caption", null, el("h2", null, caption)), heads(roles), el("tbody", null, rows)));
}

function showComparison({ roles, aspects, components }) {
  const apart = (from) =>
    roles.map(({ code }, to) => {
      if (code === from.code) return el("td", null, "–");
      return el("td", null, `${from.distances[to].toFixed(2)} `, el("span", { class: `verdict ${from.verdicts[to]}` }, legend(from.verdicts[to], "dt")));
    });
  const distances = roles.map((from) => el("tr", null, el("th", { scope: "row" }, codeOf(from.code)), apart(from)));
  const said = aspects.filter(({ values }) => values.some((value) => value));
  const rows = said.map(({ name, values, shared }) => el("tr", { class: shared ? "same" : null }, el("th", { scope: "row" }, capital(name)), cells(values, shared)));
  const parts = [
    table("distances", "How far apart they are", roles, distances),
    table("aspects", "What is said of each", roles, rows),
  ];
  const list = (texts) => (texts.length ? el("ul", null, texts.map(({ text }) => el("li", null, text))) : "–");
  const kinds = components.filter(({ shared, differing }) => shared.length || differing.some((texts) => texts.length));
  const without = roles.filter((role) => !role.has_profile);
  if (without.length) parts.push(el("p", { class: "note" }, `No profile has been written for ${without.map(({ title }) => title).join(", ")}.`));
  if (kinds.length) {
    const rows = kinds.flatMap(({ kind, shared, differing }) => {
      const name = document.querySelector(`#kinds [data-kind="${kind}"]`).textContent;
      const common = shared.length ? [el("tr", { class: "same" }, el("th", { scope: "row" }, name, ", shared"), el("td", { colspan: roles.length }, list(shared)))] : [];
      const own = differing.some((texts) => texts.length) ? [el("tr", null, el("th", { scope: "row" }, name, ", differing"), differing.map((texts) => el("td", null, list(texts))))] : [];
      return [...common, ...own];
    });
    parts.push(table("components", "What they are made of", roles, rows));
  }
  say(`${roles.length} roles compared`, false);
  show(...parts);
}

const CODE = /^[A-Z0-9]{1,8}\.[A-Z0-9]{1,8}\.(S[1-4]|P[1-6]|M[1-6]|E[1-5])$/;

/** Where roles cannot be compared, those that there are can at least be read. */
async function showLinks(codes) {
  const { functions, focuses } = await loadNames();
  const known = (code) => {
    const [job, focus, level] = code.split(".");
    return focuses.find(([at, its]) => its === focus && functions[at][0] === job && functions[at][2].split(" ").includes(level));
  };
  say("");
  show(el("ul", { class: "others", id: "others" }, codes.map((code) => {
    const found = CODE.test(code) && known(code);
    return el("li", null, found ? roleLink(code, found[3]) : "No role ", " ", codeOf(code));
  })));
}

async function compareAll(given) {
  let loaded = null;
  const codes = given.map((text) => text.trim()).filter((text) => text);
  if (codes.length === 0) return;
  try {
    if (settings.engine) say("Loading the taxonomy…");
    loaded = await load();
  } catch (error) {
    explain("Roles cannot be compared here", error);
    return showLinks(codes.map((code) => code.toUpperCase()));
  }
  const roles = [];
  for (const text of codes) {
    const code = CODE.test(text.toUpperCase()) ? text.toUpperCase() : loaded.resolve(text).answer.code;
    if (!code) {
      show();
      return say(`“${text}” is no role that this taxonomy knows.`);
    }
    if (!roles.includes(code)) roles.push(code);
  }
  keep(`roles=${roles.join(",")}`);
  const comparison = roles.length === 1 ? { error: `Say another role to compare ${roles[0]} with.` } : loaded.compare(roles.join(","));
  if (comparison.error) {
    show();
    return say(capital(comparison.error));
  }
  showComparison(comparison);
}

function compare(form) {
  const inputs = [...form.elements.roles];
  const ask = () => compareAll(inputs.map((input) => input.value)).catch((error) => say(`The comparison does not work: ${error.message}`));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  const given = new URLSearchParams(location.search).getAll("roles").flatMap((codes) => codes.split(","));
  given.slice(0, inputs.length).forEach((code, nth) => (inputs[nth].value = code));
  if (given.length > inputs.length) say(`At most ${inputs.length} roles can be compared.`);
  else ask();
}

if ($("search")) search($("search"));
if ($("compare")) compare($("compare"));
