import { describe, expect, it } from 'vitest';
import { classifyStatus, describeStatus, SDT_STATUSES } from '#drivers/reader/sdt-status.ts';

const kindOf = (status: number): string => {
  const { kind, ...rest } = classifyStatus(status);
  return 'fault' in rest ? `${kind}: ${rest.fault}` : kind;
};

describe('the statuses of GA/T 467', () => {
  it.each([
    [0x90, 'success', 'SW3 90 操作成功, success'],
    [0x9f, 'success', 'SW3 9F 寻找证/卡成功, card found'],
    [0x91, 'success', 'SW3 91 证/卡中此项无内容, item empty'],
    [0x80, 'no-card', 'SW3 80 寻找证/卡失败, no card'],
    [0x81, 'retry: lift-and-replace', 'SW3 81 选取证/卡失败, select failed'],
    [0x40, 'give-up: wrong-card', 'SW3 40 无法识别的卡类型, unknown card type'],
    [0x41, 'retry: lift-and-replace', 'SW3 41 读证/卡操作失败, read failed'],
    [0x47, 'retry: lift-and-replace', 'SW3 47 取随机数失败, random number failed'],
    [0x31, 'give-up: out-of-service', 'SW3 31 证/卡认证 SAM 失败, card rejects module'],
    [0x32, 'give-up: refused', 'SW3 32 SAM 认证证/卡失败, module rejects card'],
    [0x33, 'give-up: refused', 'SW3 33 信息验证错误, data signature wrong'],
    [0x10, 'retry: unreadable', 'SW3 10 接收业务终端数据的校验和错, our checksum wrong'],
    [0x11, 'retry: unreadable', 'SW3 11 接收业务终端数据的长度错, our length wrong'],
    [0x21, 'give-up: out-of-service', 'SW3 21 接收业务终端的命令错误, unknown command'],
    [0x23, 'give-up: out-of-service', 'SW3 23 越权操作, not permitted'],
    [0x24, 'reset-and-retry: unreadable', 'SW3 24 无法识别的错误, unknown error'],
    [0x60, 'out-of-service', 'SW3 60 SAM 自检失败, self-test failed'],
    [0x66, 'out-of-service', 'SW3 66 SAM 没经过授权, module not authorised'],
  ])('%i: %s', (status, kind, words) => {
    expect(kindOf(status)).toBe(kind);
    expect(describeStatus(status)).toBe(words);
  });

  it('are all in the list above, each once', () => {
    expect(new Set(SDT_STATUSES.map(({ code }) => code)).size).toBe(18);
    expect(SDT_STATUSES.length).toBe(18);
  });

  it('of no standard are tried again and named as such', () => {
    expect(kindOf(0xee)).toBe('retry: unreadable');
    expect(describeStatus(0xee)).toBe('SW3 EE 标准中没有, not in GA/T 467');
  });
});
