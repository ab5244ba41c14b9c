// Words and how often they stand in a text.
export interface Count {
  word: string;
  times: number;
}

export function count(text: string): Count[] {
  const seen = new Map<string, number>();
  for (const word of text.toLowerCase().split(" ")) {
    seen.set(word, (seen.get(word) ?? 0) + 1);
  }
  return [...seen.entries()].map(([word, times]) => ({ word, times }));
}
