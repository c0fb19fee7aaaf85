import { describe, expect, it } from 'vitest';
import { replayGuard } from '#registry/http/replay-guard.ts';

const KID = new Uint8Array(8);
const OTHER_KID = new Uint8Array(8).fill(1);

describe('a signed request', () => {
  it('passes once while it could still pass for fresh', () => {
    const guard = replayGuard(1000);
    expect(guard.admit({ kid: KID, nonce: 'a', now: 0 })).toBe(true);
    expect(guard.admit({ kid: KID, nonce: 'a', now: 999 })).toBe(false);
    expect(guard.admit({ kid: KID, nonce: 'b', now: 999 })).toBe(true);
    expect(guard.admit({ kid: OTHER_KID, nonce: 'a', now: 999 })).toBe(true);
  });

  it('is forgotten after that', () => {
    const guard = replayGuard(1000);
    guard.admit({ kid: KID, nonce: 'a', now: 0 });
    expect(guard.admit({ kid: KID, nonce: 'a', now: 1000 })).toBe(true);
  });
});
