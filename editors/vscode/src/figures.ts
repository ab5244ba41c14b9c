/** The result of qodacode.fileSummary. */
export interface Summary {
  findings: number;
  /** Like "≈ $0.03"; absent where nothing in the file costs anything, or no price is known. */
  per_run?: string;
  per_month?: string;
  /** How many entry points the figures speak of. */
  runs?: number;
}

/** barText is what the status bar shows of a file: `$(shield) 2 · ≈ $0.03/run`. */
export function barText(findings: number, summary: Summary | undefined): string {
  const parts = [findings === 0 ? '$(shield)' : `$(shield) ${findings}`];
  const cost = summary?.runs === 1 && summary.per_run ? `${summary.per_run}/run` : summary?.per_month ? `${summary.per_month}/month` : '';
  if (cost !== '') parts.push(cost);
  return parts.join(findings === 0 ? ' ' : ' · ');
}

/** barTooltip says the same in words, as Markdown. */
export function barTooltip(findings: number, summary: Summary | undefined): string {
  const lines = [`**qodacode** · ${findings === 0 ? 'no findings' : count(findings, 'finding')} in this file`];
  if (summary?.runs && summary.per_month) {
    const run = summary.runs === 1 ? `${summary.per_run} per run` : count(summary.runs, 'entry point');
    lines.push(`${run}, ${summary.per_month} per month`);
  }
  return lines.join('\n\n');
}

function count(n: number, word: string): string {
  return n === 1 ? `1 ${word}` : `${n} ${word}s`;
}
