/** Keeps what arrives before anyone listens, and delivers it in order once someone does. */
export class PendingListener<T> {
  #listener: ((value: T) => void) | null = null;
  #kept: T[] = [];

  listen(listener: (value: T) => void): void {
    this.#listener = listener;
    const kept = this.#kept;
    this.#kept = [];
    for (const value of kept) listener(value);
  }

  deliver(value: T): void {
    if (this.#listener) this.#listener(value);
    else this.#kept.push(value);
  }
}
