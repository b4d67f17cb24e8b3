// Makes src/comments/vader.txt of the two tables of VADER's Python package: `node tools/lexicon.mjs FOLDER`, where FOLDER
// holds vader_lexicon.txt and emoji_utf8_lexicon.txt of vaderSentiment 3.3.2. The format is that of src/comments/lexicon.rs.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
const lines = (name) => readFileSync(join(folder, name), "utf8").split("\n").map((line) => line.trim()).filter(Boolean);

/** As VADER reads a token: without the signs at its ends, unless two letters or fewer are left. */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
function token(text) {
  let [start, end] = [0, text.length];
  while (start < end && PUNCTUATION.includes(text[start])) start += 1;
  while (end > start && PUNCTUATION.includes(text[end - 1])) end -= 1;
  return end - start <= 2 ? text : text.slice(start, end);
}

/** Words that the rules ask for beside those of the lexicon. */
const RULES = new Set(
  ("absolutely amazingly awfully completely deeply extremely fully highly incredibly more most quite really so total very " +
    "almost barely hardly kinda less little partly slightly somewhat not never none nor nothing nowhere without rarely " +
    "or least at this doubt but kind of just enough sort the bus right to for beating").split(" "),
);

/** A number from 0 on as a letter: `!` to `z`, then from `¡` on. */
const letter = (number) => String.fromCodePoint(number < 90 ? 0x21 + number : 0xa1 + number - 90);

// What can never be met is left out: a token holds no space, is looked up in small letters and without signs at its ends.
const valences = new Map();
for (const line of lines("vader_lexicon.txt")) {
  const [word, mean] = line.split("\t");
  if (!/\s/.test(word) && word === word.toLowerCase() && word === token(word)) valences.set(word, Math.round(mean * 10));
}
const words = [...valences.keys()].sort((a, b) => (a < b ? -1 : 1));
let before = "";
let coded = "";
for (const word of words) {
  let shared = 0;
  while (shared < before.length && word[shared] === before[shared]) shared += 1;
  coded += String.fromCharCode(0x41 + shared) + word.slice(shared);
  before = word;
}

// An emoji stands for its description; of that, words that mean nothing to the rules are `_`, or `^` in capitals, as these
// tell whether only some words of a text are in capitals.
const emoji = new Map();
function kept(word) {
  const bare = token(word);
  if (valences.has(bare.toLowerCase()) || RULES.has(bare.toLowerCase()) || /[!?]/.test(word)) return word;
  return /[A-Z]/.test(word) && !/[a-z]/.test(word) ? "^" : "_";
}
for (const line of lines("emoji_utf8_lexicon.txt")) {
  const [sign, description] = line.split("\t");
  if ([...sign].length === 1) emoji.set(sign.codePointAt(0), description.split(/\s+/).map(kept).join(" "));
}
const uses = new Map();
for (const text of emoji.values()) uses.set(text, (uses.get(text) ?? 0) + 1);
const texts = [...uses.keys()].sort((a, b) => uses.get(b) - uses.get(a) || (a < b ? -1 : 1));
let [last, gaps, means] = [0, "", ""];
for (const code of [...emoji.keys()].sort((a, b) => a - b)) {
  const gap = code - last - 1;
  gaps += gap < 90 ? letter(gap) : `~${gap.toString(16)};`;
  means += letter(texts.indexOf(emoji.get(code)));
  last = code;
}

const valence = words.map((word) => String.fromCharCode(0x50 + valences.get(word))).join("");
writeFileSync(new URL("../src/comments/vader.txt", import.meta.url), [coded, valence, texts.join("/"), gaps, means, ""].join("\n"));
