import '../src/require-node.mjs';
