# Image of API and workers: `docker build -t defrag-video .`
#
# It contains Remotion and, in @remotion/compositor-linux-*, an FFmpeg under the GPL. Read "Engines and licences" in README.md before
# you distribute it.
ARG NODE_VERSION=24.21.0

# glibc, because the compositor's binaries for musl were not compared with the pinned digests (docs/engine.md).
FROM docker.io/library/node:${NODE_VERSION}-bookworm-slim AS base
ENV CI=true
# The version of package.json's packageManager.
RUN npm install --global --no-audit --no-fund pnpm@12.21.0
WORKDIR /app

# All packages of the lockfile. This layer is reused until the lockfile changes.
FROM base AS fetched
COPY pnpm-lock.yaml pnpm-workspace.yaml ./
RUN pnpm fetch

# Builds the admin app. Build tools stay in this stage.
FROM fetched AS built
COPY . .
RUN pnpm install --offline --frozen-lockfile \
  && pnpm build \
  && mkdir -p apps/admin/dist

# The API and the packages that it needs, with production dependencies only. The root package is left out, because it brings a second
# Node. Node runs the TypeScript without a build.
FROM fetched AS installed
COPY packages/core packages/core
COPY packages/composition packages/composition
COPY packages/db packages/db
COPY packages/local-postgres packages/local-postgres
COPY tooling/browser tooling/browser
COPY apps/api apps/api
# Installs again from pnpm's store, which has the fetched packages.
RUN rm -rf node_modules \
  && pnpm install --offline --frozen-lockfile --prod --filter '@defrag/api...' \
  && rm -rf packages/*/test packages/*/scripts tooling/*/test apps/api/test apps/api/scripts

FROM docker.io/library/node:${NODE_VERSION}-bookworm-slim AS runtime
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787 DATA_DIR=/data
WORKDIR /app
RUN install --directory --owner=node --group=node --mode=0700 /data
COPY --from=installed /app ./
COPY --from=built /app/apps/admin/dist apps/admin/dist
COPY LICENSE README.md ./
USER node
VOLUME /data
EXPOSE 8787
# Also checks that database and store are reachable.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# A worker uses the same image with the command `node apps/api/src/cli/main.ts worker`.
CMD ["node", "apps/api/src/main.ts"]
