import type { CardReadFault } from '#contract/driver-messages.ts';

/** What a driver does about a status. */
export type StatusClass =
  | { readonly kind: 'success' }
  | { readonly kind: 'no-card' }
  /** Begin again at finding the card; `fault` is told when that does not help. */
  | { readonly kind: 'retry'; readonly fault: CardReadFault }
  | { readonly kind: 'reset-and-retry'; readonly fault: CardReadFault }
  /** Trying again cannot help with this card. */
  | { readonly kind: 'give-up'; readonly fault: CardReadFault }
  /** The module works with no card at all. */
  | { readonly kind: 'out-of-service' };

export interface StatusEntry {
  /** SW3. */
  readonly code: number;
  /** The standard's own words. */
  readonly chinese: string;
  readonly english: string;
  readonly class: StatusClass;
}

const success: StatusClass = { kind: 'success' };
const liftAndReplace: StatusClass = { kind: 'retry', fault: 'lift-and-replace' };
/** The line has garbled the question. */
const askAgain: StatusClass = { kind: 'retry', fault: 'unreadable' };
const refuse: StatusClass = { kind: 'give-up', fault: 'refused' };
/** This module or model cannot do it, with this card or any other. */
const unable: StatusClass = { kind: 'give-up', fault: 'out-of-service' };
const outOfService: StatusClass = { kind: 'out-of-service' };

/** SW3 of GA/T 467-2019. */
export const SDT_STATUSES: readonly StatusEntry[] = [
  { code: 0x90, chinese: '操作成功', english: 'success', class: success },
  { code: 0x91, chinese: '证/卡中此项无内容', english: 'item empty', class: success },
  { code: 0x9f, chinese: '寻找证/卡成功', english: 'card found', class: success },
  { code: 0x80, chinese: '寻找证/卡失败', english: 'no card', class: { kind: 'no-card' } },
  { code: 0x81, chinese: '选取证/卡失败', english: 'select failed', class: liftAndReplace },
  {
    code: 0x40,
    chinese: '无法识别的卡类型',
    english: 'unknown card type',
    class: { kind: 'give-up', fault: 'wrong-card' },
  },
  { code: 0x41, chinese: '读证/卡操作失败', english: 'read failed', class: liftAndReplace },
  { code: 0x47, chinese: '取随机数失败', english: 'random number failed', class: liftAndReplace },
  { code: 0x31, chinese: '证/卡认证 SAM 失败', english: 'card rejects module', class: unable },
  { code: 0x32, chinese: 'SAM 认证证/卡失败', english: 'module rejects card', class: refuse },
  { code: 0x33, chinese: '信息验证错误', english: 'data signature wrong', class: refuse },
  { code: 0x10, chinese: '接收业务终端数据的校验和错', english: 'our checksum wrong', class: askAgain },
  { code: 0x11, chinese: '接收业务终端数据的长度错', english: 'our length wrong', class: askAgain },
  { code: 0x21, chinese: '接收业务终端的命令错误', english: 'unknown command', class: unable },
  { code: 0x23, chinese: '越权操作', english: 'not permitted', class: unable },
  {
    code: 0x24,
    chinese: '无法识别的错误',
    english: 'unknown error',
    class: { kind: 'reset-and-retry', fault: 'unreadable' },
  },
  { code: 0x60, chinese: 'SAM 自检失败', english: 'self-test failed', class: outOfService },
  { code: 0x66, chinese: 'SAM 没经过授权', english: 'module not authorised', class: outOfService },
];

const BY_CODE: ReadonlyMap<number, StatusEntry> = new Map(SDT_STATUSES.map((entry) => [entry.code, entry]));

export function classifyStatus(status: number): StatusClass {
  return BY_CODE.get(status)?.class ?? askAgain;
}

/** For technicians, in both languages: `SW3 41 读证/卡操作失败, read failed`. */
export function describeStatus(status: number): string {
  const code = status.toString(16).toUpperCase().padStart(2, '0');
  const entry = BY_CODE.get(status);
  return entry ? `SW3 ${code} ${entry.chinese}, ${entry.english}` : `SW3 ${code} 标准中没有, not in GA/T 467`;
}
