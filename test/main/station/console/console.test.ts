import { describe, expect, it } from 'vitest';
import type { ConsoleMethods } from '#contract/console-api.ts';
import { CallError } from '#contract/rpc.ts';
import { LOG_IN_DELAYS } from '#domain/staff/log-in.ts';
import { makeProvisioningCode } from '#protocol/provisioning.ts';
import { LEFT_ALONE_MS } from '#station/console/console-service.ts';
import { eventually, saved } from '../desk/station-lab.ts';
import { type Member, member } from '../staff/staff-lab.ts';
import { type ConsoleClient, consoleLab } from './console-lab.ts';

async function opened() {
  const at = await consoleLab();
  const signer = at.lab.installed.registry.staff;
  const wen = await member({ signer });
  const ou = await member({ signer, staffId: 'O-12', role: 'officer', pin: '551122' });
  at.lab.publish([wen, ou]);
  at.console.open();
  return { at, wen, ou, client: at.page().client };
}

async function logIn(client: ConsoleClient, who: Member): Promise<void> {
  await client.call('showBadge', { code: who.code });
  expect(await client.call('enterPin', { pin: who.pin })).toEqual({ result: 'in' });
}

const BEHIND_LOG_IN = {
  overview: {},
  queue: { before: null },
  audit: { before: null, type: null },
  settings: {},
} as const;

async function kinds(client: ConsoleClient): Promise<Record<string, string>> {
  const answers = {
    overview: await client.call('overview', BEHIND_LOG_IN.overview),
    queue: await client.call('queue', BEHIND_LOG_IN.queue),
    audit: await client.call('audit', BEHIND_LOG_IN.audit),
    settings: await client.call('settings', BEHIND_LOG_IN.settings),
  };
  return Object.fromEntries(Object.entries(answers).map(([name, { kind }]) => [name, kind]));
}

const NOTHING = {
  overview: 'not-allowed',
  queue: 'not-allowed',
  audit: 'not-allowed',
  settings: 'not-allowed',
};

describe('without a log-in', () => {
  it('the repair path is there, and nothing else is shown', async () => {
    const { at, client } = await opened();
    const repair = await client.call('repair', {});
    expect(repair).toMatchObject({ identity: { stationId: 'TEST-1', installation: 1 }, mode: 'demo' });
    expect(await client.call('uploadNow', {})).toEqual({ started: true });
    await client.call('reconnectDevices', {});
    expect(at.renewals).toBe(1);
    expect(await client.call('provision', { code: 'ABCD' })).toEqual({
      kind: 'failed',
      fault: 'another-registry',
    });
    expect(await kinds(client)).toEqual(NOTHING);
    expect(at.events.filter((type) => type === 'staff.repaired')).toHaveLength(2);
  });

  it('neither a badge nor half a log-in shows more', async () => {
    const { client, wen } = await opened();
    await client.call('showBadge', { code: wen.code });
    expect(await kinds(client)).toEqual(NOTHING);
    await client.call('enterPin', { pin: '00000000' });
    expect(await kinds(client)).toEqual(NOTHING);
  });

  it('the page hears who has shown a badge, and never what stands on it', async () => {
    const { at, client, wen } = await opened();
    const heard: string[] = [];
    client.on('logIn', (view) => heard.push(JSON.stringify(view)));
    at.scan(wen.code);
    await eventually('the badge is known', () => heard.length > 0);
    expect(heard[0]).toContain('"staffId":"T-07"');
    expect(heard.join()).not.toContain(wen.code);
  });
});

describe('a provisioning code', () => {
  it('moves the terminal to another registry for a technician or supervisor who is in, and for nobody else', async () => {
    const { at, client, wen, ou } = await opened();
    const code = 'ABCD';
    const may = async () => {
      await client.call('provision', { code });
      return at.provisionings.at(-1)?.mayMove;
    };
    expect(await may()).toBe(false);
    await client.call('showBadge', { code: wen.code });
    expect(await may()).toBe(false);
    expect(await client.call('enterPin', { pin: wen.pin })).toEqual({ result: 'in' });
    expect(await may()).toBe(true);
    await client.call('logOut', {});
    expect(await may()).toBe(false);
    await logIn(client, ou);
    expect(await may()).toBe(false);
  });
});

describe('with a log-in', () => {
  it('a technician sees everything, an officer neither settings nor the audit chain', async () => {
    const { client, wen, ou } = await opened();
    await logIn(client, wen);
    expect(await kinds(client)).toEqual({
      overview: 'view',
      queue: 'view',
      audit: 'view',
      settings: 'view',
    });
    await client.call('logOut', {});
    expect(await kinds(client)).toEqual(NOTHING);
    await logIn(client, ou);
    expect(await kinds(client)).toEqual({ ...NOTHING, overview: 'view', queue: 'view' });
  });

  it('it ends after five minutes without a touch, however often the page asks for views, and the screen goes back', async () => {
    const { at, client, wen } = await opened();
    await logIn(client, wen);
    for (let passed = 0; passed < LOG_IN_DELAYS.idle; passed += 60_000) {
      expect((await kinds(client)).overview).toBe('view');
      await at.pass(60_000);
    }
    expect(at.events.slice(-2)).toEqual(['staff.logged-out', 'staff.console-left']);
    expect(at.left).toBe(1);
    at.console.open();
    expect(await kinds(at.page().client)).toEqual(NOTHING);
  });

  it('it goes on while somebody touches', async () => {
    const { at, client, wen } = await opened();
    await logIn(client, wen);
    await at.pass(LOG_IN_DELAYS.idle - 10_000);
    await client.call('touch', {});
    await at.pass(LOG_IN_DELAYS.idle - 10_000);
    expect((await kinds(client)).overview).toBe('view');
  });

  it('a badge that was left under the scanner does not keep it going, and neither does a code of anybody else’s', async () => {
    const { at, client, wen, ou } = await opened();
    await logIn(client, wen);
    for (let passed = 0; passed < LOG_IN_DELAYS.idle; passed += 30_000) {
      expect((await kinds(client)).overview).toBe('view');
      at.scan(ou.code);
      at.scan(`EIDP1:${passed}`);
      await at.pass(30_000);
    }
    // The first look at the badge was a sign of somebody; nothing after it was.
    expect(await client.call('logInView', {}).catch(() => null)).toBeNull();
    expect(at.left).toBe(1);
  });

  it('a badge that is held up begins the time anew', async () => {
    const { at, client, wen, ou } = await opened();
    await logIn(client, wen);
    await at.pass(LOG_IN_DELAYS.idle - 10_000);
    at.scan(ou.code);
    await at.pass(LOG_IN_DELAYS.idle - 10_000);
    expect((await kinds(client)).overview).toBe('view');
  });

  it('another page does not take a session that is over with it', async () => {
    const { at, client, wen } = await opened();
    await logIn(client, wen);
    at.console.taken();
    at.console.open();
    expect(await kinds(at.page().client)).toEqual(NOTHING);
  });
});

describe('a setting', () => {
  const order = { setting: 'offlineLimits.days', value: 4 } as const;
  const days = async (client: ConsoleClient) => {
    const shown = await client.call('settings', {});
    if (shown.kind !== 'view') throw new Error(shown.kind);
    return shown.view.find(({ name }) => name === 'offlineLimits.days');
  };

  it('is set here by a technician, counts at once, is in the audit chain, and is taken back', async () => {
    const { at, client, wen } = await opened();
    await logIn(client, wen);
    const before = await days(client);
    expect(before).toMatchObject({ operational: { setHere: false, mayChange: true } });
    expect(await client.call('changeSetting', order)).toEqual({ kind: 'changed' });
    expect(await days(client)).toMatchObject({
      value: '4',
      source: 'here',
      operational: { local: '4', setHere: true },
    });
    expect(at.inside.limits().days).toBe(4);
    const told = await client.call('audit', { before: null, type: 'settings.changed-here' });
    if (told.kind !== 'view') throw new Error(told.kind);
    expect(told.view.rows).toMatchObject([
      {
        id: 'E-1330',
        fields: [
          ['role', 'technician'],
          ['setting', 'offlineLimits.days'],
        ],
      },
    ]);
    expect(await client.call('changeSetting', { ...order, value: null })).toEqual({ kind: 'changed' });
    expect(await days(client)).toEqual(before);
  });

  it('is not set by nobody, by an officer, or out of its bounds', async () => {
    const { at, client, wen, ou } = await opened();
    const limits = at.inside.limits();
    expect(await client.call('changeSetting', order)).toEqual({ kind: 'not-allowed' });
    await logIn(client, ou);
    expect(await client.call('changeSetting', order)).toEqual({ kind: 'not-allowed' });
    await client.call('logOut', {});
    await logIn(client, wen);
    for (const value of [0, 91, 'four', true]) {
      expect(await client.call('changeSetting', { ...order, value })).toEqual({
        kind: 'refused',
        reason: 'bad-value',
      });
    }
    expect(at.inside.limits()).toEqual(limits);
  });

  it('that the disk does not take is not in force either', async () => {
    const { at, client, wen } = await opened();
    await logIn(client, wen);
    const limits = at.inside.limits();
    at.inside.database.pragma('query_only = 1');
    const refused = await client.call('changeSetting', order);
    at.inside.database.pragma('query_only = 0');
    expect(refused).toEqual({ kind: 'refused', reason: 'not-kept' });
    expect(at.inside.limits()).toEqual(limits);
  });
});

describe('the screen', () => {
  it('goes back to the citizens when nobody is at the console', async () => {
    const { at } = await opened();
    await at.pass(LEFT_ALONE_MS + 1_000);
    expect(at.left).toBe(1);
    expect(at.commands).toEqual(['scanner.start', 'scanner.stop']);
    expect(at.events).toEqual(['staff.console-opened', 'staff.console-left']);
  });

  it('is given back once, whoever asks how often', async () => {
    const { at, client } = await opened();
    await client.call('leave', {}).catch(() => undefined);
    at.console.leave();
    at.console.taken();
    expect(at.left).toBe(1);
  });

  it('goes back to the citizens when nobody is at the console and its page never came up', async () => {
    const at = await consoleLab();
    at.console.open();
    await at.pass(LEFT_ALONE_MS + 1_000);
    expect(at.left).toBe(1);
    at.scan('EIDB1:ABC');
    expect(at.commands).toEqual(['scanner.start', 'scanner.stop']);
  });

  it('that a citizen’s page has taken is the citizens’: the session is told that staff have left, once', async () => {
    const { at, client, wen } = await opened();
    await logIn(client, wen);
    at.console.taken();
    at.console.taken();
    expect(at.left).toBe(1);
    expect(at.events.slice(-2)).toEqual(['staff.logged-out', 'staff.console-left']);
  });

  it('is not the console’s before staff have asked for it', async () => {
    const at = await consoleLab();
    const { closed } = at.page();
    await eventually('the channel is closed', closed);
  });

  it('a new page cuts the one before off', async () => {
    const { at } = await opened();
    const former = at.page();
    const { client } = at.page();
    await eventually('the former page is cut off', former.closed);
    expect(await client.call('logInView', {})).toMatchObject({ stage: 'out' });
  });
});

describe('the scanner', () => {
  it('reads badges, unlocks and provisioning codes for the console, and hands on nothing else', async () => {
    const { at, client, wen } = await opened();
    const heard: string[] = [];
    client.on('badgeRefused', ({ reason }) => heard.push(`badge:${reason}`));
    client.on('unlockRefused', ({ reason }) => heard.push(`unlock:${reason}`));
    client.on('provisioningCode', ({ code }) => heard.push(`provisioning:${code}`));
    client.on('logIn', ({ stage }) => heard.push(`stage:${stage}`));
    const code = makeProvisioningCode({
      secret: new Uint8Array(10).fill(3),
      rootPublicKey: at.lab.installed.registry.root.publicKey,
    });
    const scans: readonly (readonly [string, string])[] = [
      ['EIDP1:A-CITIZENS-PHONE', 'badge:not-ours'],
      ['EIDU1:ABC', 'unlock:forged'],
      [code, `provisioning:${code}`],
      [wen.code, 'stage:badge'],
    ];
    for (const [text, expected] of scans) {
      at.scan(text);
      await eventually(expected, () => heard.at(-1) === expected);
    }
    expect(heard.join()).not.toContain('CITIZEN');
  });

  it('is left alone once the console is', async () => {
    const { at, client, wen } = await opened();
    await client.call('leave', {}).catch(() => undefined);
    at.scan(wen.code);
    at.console.open();
    expect(await at.page().client.call('logInView', {})).toMatchObject({ stage: 'out' });
  });
});

describe('bad input', () => {
  it.each([
    ['enterPin', { pin: 'x'.repeat(21) }, 'pin'],
    ['enterPin', {}, 'pin'],
    ['queue', { before: -1 }, 'before'],
    ['audit', { before: null, type: 7 }, 'type'],
    ['provision', { code: 'x'.repeat(201) }, 'code'],
    ['changeSetting', { setting: 'mode', value: 'demo' }, 'setting'],
    ['changeSetting', { setting: 'retentionDays', value: [3] }, 'value'],
  ] as const)('%s with %j is refused at its place', async (method, input, where) => {
    const { client } = await opened();
    const wrong = client.call(method as keyof ConsoleMethods & 'queue', input as never);
    await expect(wrong).rejects.toMatchObject({ fault: { reason: 'bad-input', where } });
    await expect(wrong).rejects.toBeInstanceOf(CallError);
  });
});

describe('the views', () => {
  it('the queue says of each record where it stands and why, by pages', async () => {
    const { at, client, wen } = await opened();
    for (let made = 0; made < 52; made += 1) saved(at.lab.station);
    await logIn(client, wen);
    const first = await client.call('queue', { before: null });
    if (first.kind !== 'view') throw new Error(first.kind);
    expect(first.view.records).toHaveLength(50);
    expect(first.view.records[0]).toMatchObject({
      sequence: 52,
      delivery: 'waiting',
      decision: 'none',
      body: 'present',
      exportedAt: null,
      why: { kind: 'line-is-down' },
    });
    const last = await client.call('queue', { before: first.view.next });
    if (last.kind !== 'view') throw new Error(last.kind);
    expect(last.view.records.map(({ sequence }) => sequence)).toEqual([2, 1]);
    expect(last.view.next).toBeNull();
  }, 60_000);

  it('the audit chain is shown newest first with its meaning, filtered by type, and found whole', async () => {
    const { at, client, wen } = await opened();
    saved(at.lab.station);
    saved(at.lab.station);
    await logIn(client, wen);
    const shown = await client.call('audit', { before: null, type: 'packet.saved' });
    if (shown.kind !== 'view') throw new Error(shown.kind);
    const { rows, chain, types } = shown.view;
    expect(rows.map(({ type }) => type)).toEqual(['packet.saved', 'packet.saved']);
    expect(rows[0]?.sequence).toBeGreaterThan(rows[1]?.sequence ?? 0);
    expect(rows[0]?.id).toMatch(/^E-\d{4}$/);
    expect(rows[0]?.meaning.en).not.toBe('');
    expect(types.map(({ type }) => type)).toContain('packet.saved');
    expect(chain).toMatchObject({ kind: 'whole' });
  });

  it('an altered, a deleted and a moved entry break the chain at their place', async () => {
    const changes = [
      ['altered', "UPDATE audit_entry SET type = 'packet.decided' WHERE sequence = 2"],
      ['deleted', 'DELETE FROM audit_entry WHERE sequence = 2'],
      [
        'reordered',
        'UPDATE audit_entry SET entry = (SELECT entry FROM audit_entry WHERE sequence = 1) WHERE sequence = 2',
      ],
    ] as const;
    for (const [reason, sql] of changes) {
      const { at, client, wen } = await opened();
      for (let made = 0; made < 3; made += 1) saved(at.lab.station);
      const { database } = at.inside;
      database.exec('DROP TRIGGER audit_entry_kept; DROP TRIGGER audit_entry_unchanged');
      database.exec(sql);
      await logIn(client, wen);
      const shown = await client.call('audit', { before: null, type: null });
      if (shown.kind !== 'view') throw new Error(shown.kind);
      const sequence = reason === 'deleted' ? 3 : 2;
      expect(shown.view.chain).toEqual({ kind: 'broken', sequence, reason });
    }
  });

  it('entries cut off after the last checkpoint are missed: the envelopes name them', async () => {
    const { at, client, wen } = await opened();
    for (let made = 0; made < 3; made += 1) saved(at.lab.station);
    const { database } = at.inside;
    database.exec('DROP TRIGGER audit_entry_kept');
    database.exec('DELETE FROM audit_entry WHERE sequence > 1');
    await logIn(client, wen);
    const shown = await client.call('audit', { before: null, type: null });
    if (shown.kind !== 'view') throw new Error(shown.kind);
    expect(shown.view.chain).toEqual({ kind: 'broken', sequence: 2, reason: 'witness-missing' });
  });

  it('entries cut off behind the check are missed as well', async () => {
    const { at, client, wen } = await opened();
    for (let made = 0; made < 3; made += 1) saved(at.lab.station);
    await logIn(client, wen);
    const chain = async () => {
      const shown = await client.call('audit', { before: null, type: null });
      if (shown.kind !== 'view') throw new Error(shown.kind);
      return shown.view.chain;
    };
    expect(await chain()).toMatchObject({ kind: 'whole' });
    saved(at.lab.station);
    expect(await chain()).toMatchObject({ kind: 'whole' });
    const { database } = at.inside;
    database.exec('DROP TRIGGER audit_entry_kept');
    database.exec('DELETE FROM audit_entry WHERE sequence > 2');
    expect(await chain()).toEqual({ kind: 'broken', sequence: 3, reason: 'deleted' });
  });

  it('a device that was away and came back is counted, one whose driver was renewed is not', async () => {
    const { at, client } = await opened();
    for (const state of [
      'connecting',
      'ready',
      'connecting',
      'ready',
      'absent',
      'connecting',
      'ready',
    ] as const) {
      at.device(state);
    }
    const { devices } = await client.call('repair', {});
    expect(devices).toMatchObject([{ role: 'scanner', state: 'ready', reconnects: 1 }]);
    expect(devices[0]?.lastReportAt).toBeGreaterThan(0);
  });
});
