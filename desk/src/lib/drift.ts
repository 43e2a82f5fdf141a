// Which words of one wording are not in the other.

export interface Run {
  text: string;
  /** It stands in both. */
  same: boolean;
}

/**
 * The words of `after` in order, each run told whether it stands in `before`, too: the longest common
 * subsequence of words, case and quotation marks aside. Very long wordings are told as one run.
 */
export function drift(before: string, after: string): Run[] {
  const a = before.split(/\s+/).filter(Boolean);
  const b = after.split(/\s+/).filter(Boolean);
  if (a.length * b.length > 250_000) return [{ text: after, same: before === after }];
  const [x, y] = [a.map(plain), b.map(plain)];
  // common[i][j]: how long the subsequence of x from i and y from j is.
  const common = Array.from({ length: x.length + 1 }, () => new Uint32Array(y.length + 1));
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = y.length - 1; j >= 0; j--) {
      common[i]![j] = x[i] === y[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const runs: Run[] = [];
  const push = (text: string, same: boolean) => {
    const last = runs.at(-1);
    if (last?.same === same) last.text += ` ${text}`;
    else runs.push({ text, same });
  };
  let i = 0;
  for (let j = 0; j < y.length; j++) {
    // The words of `before` that are passed over here are not in `after`.
    while (i < x.length && x[i] !== y[j] && common[i + 1]![j]! >= common[i]![j + 1]!) i++;
    if (y[j] === "") {
      push(b[j]!, true); // marks alone are no words
    } else if (i < x.length && x[i] === y[j]) {
      push(b[j]!, true);
      i++;
    } else push(b[j]!, false);
  }
  return runs;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/^[“”"‘’',.;:!?()…]+|[“”"‘’',.;:!?()…]+$/g, "");
}
