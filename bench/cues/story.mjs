// A story of a few seconds, written by one person and approved by another.
import { caller, until } from "../server.mjs";

export async function approvedStory(url, data) {
  const [editor, approver] = [caller(url, data, "bien-tap"), caller(url, data, "duyet")];
  const { clause, themes, unit } = await approver("/stories/2");
  const story = await editor("/stories", { title: "Thử loa", body: "Thử loa phường.", script: "", themes, clause, unit });
  await editor(`/stories/${story.id}/submission`, {}, { "if-match": story.etag });
  let seen;
  await until("its sound is made", async () => {
    seen = await approver(`/stories/${story.id}`);
    return seen.sound;
  }, 60);
  await approver(`/stories/${story.id}/approval`, { heard: true }, { "if-match": seen.etag });
  return story.id;
}
