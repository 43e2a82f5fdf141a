// A report of any number of statements, in the reading format, for measuring.

/** `n` statements with a figure each, in paragraphs of four; every tenth lies within the one before. */
export function bigReading(n) {
  const statements = [];
  const figures = [];
  let text = "";
  const part = (words) => {
    const from = text.length; // no character outside the BMP: units and code points are the same
    text += words;
    return { text: words, spans: [[from, text.length]] };
  };
  for (let i = 0; i < n; i++) {
    const content = { text: "", spans: [[text.length, 0]] };
    text += "The number of boats that were brought back to the harbour had risen to ";
    const words = part(`at least ${i + 10}`);
    text += " by the evening, with the last of them taken in tow near the outer wall";
    content.spans[0][1] = text.length;
    content.text = text.slice(...content.spans[0]);
    text += ", ";
    const source = part(`harbour master ${["Ada Lind", "Oren Dahl", "Ysa Merrow"][i % 3]}`);
    text += " ";
    const cue = part("said");
    text += i % 4 === 3 ? ".\n\n" : ". ";
    statements.push({
      id: `s${i + 1}`, source, cue, content, form: "indirect", act: "state", certainty: "asserted", medium: null, said_on: null, toward: null,
      speaker: { actor: "a1", name: source.text.slice(15), role: "harbour master", affiliation: null, kind: "person", naming: "named", names: [] },
      within: i % 10 === 9 ? `s${i}` : null, replies_to: null, confidence: 0.9 - (i % 7) / 10, evidence: { certainty: [] },
    });
    figures.push({
      id: `f${i + 1}`, words, lower: i + 10, upper: null, bound: "at_least", implicit: false, measure: "other", counted: { text: "boats", spans: [] },
      attributes: [], cause: null, part_of: null, scope: "incident", occurred: null, since: null, as_of: null, place: null, statement: `s${i + 1}`,
      confidence: 0.8, evidence: {},
    });
  }
  const report = {
    id: "b16".padEnd(64, "0"), path: "big/big.txt", record: null, outlet: "The Courier", url: null, title: `${n} statements`, byline: null, dateline: null,
    published: "2026-03-09", published_from: "metadata", wire: [], language: "en", media_type: "text/plain", text,
  };
  return { ascribe: 1, report, statements, figures, mentions: [], actors: [], notes: [] };
}

/** A report whose text tries to be more than text, with characters of two units and of both directions. */
export function hostileReading() {
  const text =
    "😀 <img src=x onerror=\"document.title='run'\"> <script>document.title='run'</script>\n\n" +
    "قال المتحدث إن 41 شخصا قتلوا \u202eabc\u2066 [not a mark] \u0000\u0007 &amp; <b>bold</b>\n\n" +
    "“𝒜 gate was shut,” said <i>Ada Lind</i>.";
  const points = Array.from(text);
  const at = (words) => {
    const from = Array.from(text.slice(0, text.indexOf(words))).length;
    return { text: words, spans: [[from, from + Array.from(words).length]] };
  };
  const statement = {
    id: "s1", source: at("<i>Ada Lind</i>"), cue: at("said"), content: at("“𝒜 gate was shut,”"), form: "direct", act: "state", certainty: "asserted",
    medium: null, said_on: null, toward: null, within: null, replies_to: null, confidence: 0.7, evidence: {},
    speaker: { actor: "a1", name: "<i>Ada Lind</i>", role: null, affiliation: null, kind: "person", naming: "named", names: [] },
  };
  const report = {
    id: "bad".padEnd(64, "0"), path: "bad/bad.txt", record: null, outlet: "<u>The Courier</u>", url: "javascript:alert(1)", title: "<b>Gate</b> \u202eshut",
    byline: null, dateline: null, published: "2026-02-30", published_from: "text", wire: [], language: "en", media_type: "text/plain", text: points.join(""),
  };
  return { ascribe: 1, report, statements: [statement], figures: [], mentions: [], actors: [], notes: [] };
}
