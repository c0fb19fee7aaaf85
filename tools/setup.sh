#!/usr/bin/env bash
# Installs what this machine lacks: Debian packages (as root or through sudo), npm packages, the built face model,
# pinyin table and renderer. Says exactly what to install when it may not. Safe to run again; does nothing when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

# program → Debian package
needed=(chromium:chromium socat:socat openssl:openssl pgrep:procps ip:iproute2 pdftoppm:poppler-utils)
missing=()
for pair in "${needed[@]}"; do
  command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
[[ $(fc-list 2>/dev/null) == *NotoSansCJK* ]] || missing+=(fonts-noto-cjk)
# node-hid is linked with it, on Linux too.
[[ $(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) == *libusb-1.0.so.0* ]] || missing+=(libusb-1.0-0)

if ((${#missing[@]} > 0)); then
  install=(apt-get install -y -qq --no-install-recommends "${missing[@]}")
  if [[ $(id -u) == 0 ]]; then
    as_root=()
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo)
  else
    echo "These Debian packages are missing. As root, run:"
    echo "  apt-get update && apt-get install -y ${missing[*]}"
    exit 1
  fi
  echo "installing ${missing[*]} …"
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" "${install[@]}" >/dev/null
fi

if ! command -v npm >/dev/null; then
  echo "Node.js 20 or newer with npm is missing: apt-get install -y nodejs npm, or from your own mirror."
  exit 1
fi

if [[ ! node_modules/.package-lock.json -nt package-lock.json ]]; then
  echo "installing npm packages …"
  # Node 24 comes with the packages, so that the engine warnings about the system's Node say nothing.
  npm ci --loglevel=error
  touch node_modules/.package-lock.json
fi

npm run --silent build:model
npm run --silent build:pinyin
stamp=build/renderer/.built
if [[ ! -f $stamp ]] || [[ -n $(find src resources vite.config.ts package-lock.json -newer "$stamp" -type f -print -quit) ]]; then
  echo "building the screens …"
  npm run --silent build:renderer
  touch "$stamp"
fi
