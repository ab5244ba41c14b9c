/** How often the server may crash before it stays down, and in which time. */
const limit = 5;
const span = 3 * 60_000;

/** Crashes decides whether a server that has crashed is started again, and when. */
export class Crashes {
  private times: number[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  get count(): number {
    return this.times.length;
  }

  /** add notes a crash. It returns how many milliseconds to wait before the next start, or undefined for never. */
  add(): number | undefined {
    const now = this.now();
    this.times = this.times.filter((t) => now - t < span);
    this.times.push(now);
    if (this.times.length >= limit) return undefined;
    return this.times.length === 1 ? 0 : 500 * 2 ** (this.times.length - 1); // 0, 1, 2, 4 seconds
  }

  clear(): void {
    this.times = [];
  }
}
