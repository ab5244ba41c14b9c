// Structured data from job advertisements, all at once.
import { openai } from "@ai-sdk/openai";
import { generateObject } from "ai";
import { z } from "zod";

const ads = [
  "Nurse (f/m/d) for the night shift in Graz, 38 hours, from 3,400 EUR, start in January.",
  "We are looking for a backend developer with Go or Rust, remote within Europe, up to 85k.",
  "Baker wanted! Small team, every second weekend off. Come by and talk to us. Bakery Holt, Leeds.",
  "Teacher of maths and physics, substitute for one year, Bremen.",
];

const schema = z.object({
  title: z.string(),
  place: z.string().nullable(),
  salary: z.object({ amount: z.number(), period: z.enum(["year", "month", "hour"]) }).nullable(),
  skills: z.array(z.string()).max(8),
});

export async function extract(ad: string) {
  const { object } = await generateObject({ model: openai("gpt-4.1-mini"), schema, prompt: `Extract the data of this job advertisement.\n\n${ad}` });
  return object;
}

const jobs = await Promise.all(ads.map((ad) => extract(ad)));
console.log(JSON.stringify(jobs, null, 2));
