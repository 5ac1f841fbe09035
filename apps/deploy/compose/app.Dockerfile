# The Hono app of this repository. Build it from the root of the repository: compose.yaml does.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npx --yes pnpm@10.34.8 install --frozen-lockfile --filter "@trusted-header/app-hono..." --filter "trusted-header" \
 && npx --yes pnpm@10.34.8 --filter "@trusted-header/app-hono..." run build \
 && npx --yes pnpm@10.34.8 --filter @trusted-header/app-hono deploy --prod --legacy /out

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
COPY --from=build /out /app
# The volume with the database begins as a copy of this folder, owner included.
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 3000
CMD ["node", "/app/dist/main.js"]
