/**
 * A second CBOR reader, written from RFC 8949 section 3 and sharing nothing with ours. It trusts its input: it reads
 * our own vectors. Maps become `Map`s, tags are dropped.
 */
export function readCbor(octets: Uint8Array): unknown {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  let at = 0;
  const argument = (info: number): number => {
    const width = info < 24 ? 0 : 2 ** (info - 24);
    at += width;
    switch (width) {
      case 0:
        return info;
      case 1:
        return view.getUint8(at - 1);
      case 2:
        return view.getUint16(at - 2);
      case 4:
        return view.getUint32(at - 4);
      default:
        return Number(view.getBigUint64(at - 8));
    }
  };
  const half = (bits: number): number => {
    const exponent = (bits >> 10) & 31;
    const size =
      exponent === 0 ? (bits & 1023) * 2 ** -24 : (1 + (bits & 1023) / 1024) * 2 ** (exponent - 15);
    return bits >> 15 === 0 ? size : -size;
  };
  const simple = (info: number): unknown => {
    if (info === 20 || info === 21) return info === 21;
    if (info === 22) return null;
    const from = at;
    argument(info);
    if (info === 25) return half(view.getUint16(from));
    return info === 26 ? view.getFloat32(from) : view.getFloat64(from);
  };
  const item = (): unknown => {
    const head = view.getUint8(at);
    at += 1;
    const major = head >> 5;
    if (major === 7) return simple(head & 31);
    const value = argument(head & 31);
    if (major === 0) return value;
    if (major === 1) return -1 - value;
    if (major === 2 || major === 3) {
      at += value;
      const content = octets.slice(at - value, at);
      return major === 2 ? content : new TextDecoder().decode(content);
    }
    if (major === 4) return Array.from({ length: value }, item);
    if (major === 5) return new Map(Array.from({ length: value }, () => [item(), item()] as const));
    return item();
  };
  return item();
}
