import { Socket as DatagramSocket } from 'node:dgram';
import { Socket } from 'node:net';

/**
 * Takes the network away from this process: connections and datagrams are refused where they would begin. Models and
 * WebAssembly come from the disk; whatever would fetch one, or send a face away, fails loudly instead.
 */
export function refuseNetwork(): void {
  function refuse(): never {
    throw new Error('this process has no network');
  }
  Socket.prototype.connect = refuse;
  DatagramSocket.prototype.connect = refuse;
  DatagramSocket.prototype.send = refuse;
}
