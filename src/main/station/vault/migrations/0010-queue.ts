import type { Migration } from './migration.ts';

/**
 * The queue. A packet has four states at once, not one: delivery, decision, body, and when it was exported.
 * The rules that must hold whatever the program does stand here as checks: an acknowledged packet has its
 * acknowledgement, a refused one its refusal, and a body can only be gone when the registry holds it.
 * `fault` names what is wrong with a packet that cannot be sent as it lies here; it is kept and can be exported.
 * Bodies have a table of their own, so that walking the envelopes never reads them.
 */
export const queue: Migration = {
  version: 10,
  sql: `
    CREATE TABLE packet (
      id              INTEGER PRIMARY KEY,
      packet_id       TEXT    NOT NULL UNIQUE CHECK (length(packet_id) = 36),
      -- Row of the table installation. Its number alone does not name a chain: every registry counts from 1.
      chain           INTEGER NOT NULL CHECK (chain > 0),
      installation    INTEGER NOT NULL CHECK (installation > 0),
      sequence        INTEGER NOT NULL CHECK (sequence > 0),
      created_at      INTEGER NOT NULL,
      sealed_size     INTEGER NOT NULL CHECK (sealed_size > 0),
      envelope_sha256 BLOB    NOT NULL CHECK (length(envelope_sha256) = 32),
      envelope        BLOB    NOT NULL,
      delivery        TEXT    NOT NULL DEFAULT 'waiting'
                      CHECK (delivery IN ('waiting', 'acknowledged', 'refused')),
      decision        TEXT    NOT NULL DEFAULT 'none'
                      CHECK (decision IN ('none', 'referred', 'issued', 'rejected')),
      decision_reason TEXT,
      body            TEXT    NOT NULL DEFAULT 'present' CHECK (body IN ('present', 'erased')),
      exported_at     INTEGER,
      acknowledged_at INTEGER,
      acknowledgement BLOB,
      refusal         BLOB,
      refusal_reason  TEXT,
      fault           TEXT,
      UNIQUE (chain, sequence),
      CHECK ((delivery = 'acknowledged') = (acknowledgement IS NOT NULL)),
      CHECK ((delivery = 'acknowledged') = (acknowledged_at IS NOT NULL)),
      CHECK ((delivery = 'refused') = (refusal IS NOT NULL)),
      CHECK ((delivery = 'refused') = (refusal_reason IS NOT NULL)),
      CHECK ((decision = 'none') = (decision_reason IS NULL)),
      CHECK (body = 'present' OR delivery = 'acknowledged')
    ) STRICT;

    CREATE TABLE packet_body (
      packet INTEGER PRIMARY KEY REFERENCES packet (id),
      sealed BLOB    NOT NULL
    ) STRICT;

    CREATE INDEX packet_to_send ON packet (chain, sequence)
      WHERE delivery = 'waiting' AND fault IS NULL;
    CREATE INDEX packet_to_erase ON packet (acknowledged_at)
      WHERE delivery = 'acknowledged' AND body = 'present';

    -- Counting a million waiting packets takes as long as reading their index, so that the count is kept.
    CREATE TABLE packet_tally (
      delivery TEXT    PRIMARY KEY,
      packets  INTEGER NOT NULL CHECK (packets >= 0)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO packet_tally VALUES ('waiting', 0), ('acknowledged', 0), ('refused', 0);
    CREATE TRIGGER packet_counted AFTER INSERT ON packet BEGIN
      UPDATE packet_tally SET packets = packets + 1 WHERE delivery = NEW.delivery;
    END;
    CREATE TRIGGER packet_recounted AFTER UPDATE OF delivery ON packet WHEN OLD.delivery <> NEW.delivery BEGIN
      UPDATE packet_tally SET packets = packets - 1 WHERE delivery = OLD.delivery;
      UPDATE packet_tally SET packets = packets + 1 WHERE delivery = NEW.delivery;
    END;

    -- Envelopes and what the registry said about them are history: nothing deletes or rewrites them.
    CREATE TRIGGER packet_kept BEFORE DELETE ON packet BEGIN
      SELECT RAISE(ABORT, 'a packet is never deleted');
    END;
    CREATE TRIGGER envelope_kept BEFORE UPDATE OF packet_id, chain, installation, sequence, envelope, envelope_sha256
      ON packet BEGIN
      SELECT RAISE(ABORT, 'an envelope is never changed');
    END;
    CREATE TRIGGER body_kept BEFORE DELETE ON packet_body
      WHEN (SELECT body FROM packet WHERE id = OLD.packet) = 'present' BEGIN
      SELECT RAISE(ABORT, 'a body is erased only after its packet says so');
    END;

    -- How far each chain was verified, so that a start never reads all of it again.
    CREATE TABLE chain_mark (
      chain           INTEGER PRIMARY KEY,
      sequence        INTEGER NOT NULL,
      envelope_sha256 BLOB    NOT NULL CHECK (length(envelope_sha256) = 32)
    ) STRICT;
  `,
};
