import { Octokit } from "@octokit/rest";

export interface RepositoryProperties {
  [name: string]: string;
}

const octokit = new Octokit({ auth: process.env.GITHUB_TOKEN });

/** GitHub has custom properties, too. */
export async function addProperties(repository: string, properties: RepositoryProperties): Promise<void> {
  const [owner, repo] = repository.split("/");
  await octokit.request("PATCH /repos/{owner}/{repo}/properties/values", {
    owner,
    repo,
    properties: Object.entries(properties).map(([property_name, value]) => ({ property_name, value })),
  });
}
