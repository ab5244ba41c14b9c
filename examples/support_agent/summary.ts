// Writes the weekly summary of all answers.
import OpenAI from 'openai';

const client = new OpenAI();

export async function summarize(answers: string[]): Promise<string> {
  const response = await client.responses.create({
    model: 'gpt-4o',
    input: `Summarize for the team:\n${answers.join('\n')}`,
  });
  return response.output_text;
}
