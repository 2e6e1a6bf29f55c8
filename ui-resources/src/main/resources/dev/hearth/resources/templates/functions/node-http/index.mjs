import { createHash } from "node:crypto";

// Created once per execution environment, reused while it stays warm.
const thumbnails = new Map();

export const handler = async (event, context) => {
  const path = event.rawPath ?? "/photos/cat.jpg";
  const width = Number(event.queryStringParameters?.width ?? 320);
  const key = createHash("sha256").update(`${path}@${width}`).digest("hex").slice(0, 12);

  const known = thumbnails.has(key);
  thumbnails.set(key, { path, width });
  console.log(JSON.stringify({ path, width, known, left: context.getRemainingTimeInMillis() }));

  return {
    statusCode: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ thumbnail: `${key}.webp`, width, cached: known }),
  };
};
