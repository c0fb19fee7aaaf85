/**
 * Reads tables of a flatbuffer by field number, without a schema.
 *
 * ```
 * at 0       u32   offset of the root table
 * at 4       4 B   file identifier, e.g. TFL3
 * table      i32   distance back to its vtable, then the fields
 * vtable     u16   its size in bytes; u16 the table's size; u16 per field: its offset in the table, 0 when absent
 * reference  u32   distance forward to a table, vector or string
 * vector     u32   number of elements, then the elements; a string is a vector of bytes
 * ```
 */
export class FlatbufferReader {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  root(): number {
    return this.#view.getUint32(0, true);
  }

  identifier(): string {
    return String.fromCharCode(...this.#bytes.subarray(4, 8));
  }

  /** Position of a field inside its table, or null when the writer left it at its default. */
  #field(table: number, id: number): number | null {
    const vtable = table - this.#view.getInt32(table, true);
    const slot = 4 + 2 * id;
    if (slot >= this.#view.getUint16(vtable, true)) return null;
    const offset = this.#view.getUint16(vtable + slot, true);
    return offset === 0 ? null : table + offset;
  }

  unsigned(table: number, id: number, whenAbsent: number): number {
    const field = this.#field(table, id);
    return field === null ? whenAbsent : this.#view.getUint32(field, true);
  }

  #vector(table: number, id: number): { at: number; length: number } {
    const field = this.#field(table, id);
    if (field === null) return { at: 0, length: 0 };
    const start = field + this.#view.getUint32(field, true);
    return { at: start + 4, length: this.#view.getUint32(start, true) };
  }

  /** Positions of the tables that a vector of references names. */
  tables(table: number, id: number): number[] {
    const { at, length } = this.#vector(table, id);
    return Array.from({ length }, (_, i) => at + 4 * i + this.#view.getUint32(at + 4 * i, true));
  }

  integers(table: number, id: number): number[] {
    const { at, length } = this.#vector(table, id);
    return Array.from({ length }, (_, i) => this.#view.getInt32(at + 4 * i, true));
  }

  text(table: number, id: number): string {
    const { at, length } = this.#vector(table, id);
    return new TextDecoder().decode(this.#bytes.subarray(at, at + length));
  }
}
