import { performance } from 'node:perf_hooks';

export interface Step {
  readonly name: string;
  readonly ms: number;
}

/** What the demo did and how long each step took; printed as it goes. */
export class Journal {
  readonly steps: Step[] = [];

  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const begin = performance.now();
    try {
      const value = await work();
      this.#done(name, begin, '✓');
      return value;
    } catch (error) {
      this.#done(name, begin, '✗');
      throw error;
    }
  }

  #done(name: string, begin: number, mark: string): void {
    const ms = Math.round(performance.now() - begin);
    this.steps.push({ name, ms });
    console.log(`${mark} ${name.padEnd(52)} ${String(ms).padStart(7)} ms`);
  }
}
