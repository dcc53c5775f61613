package io.greenfinch.app;

import java.io.PrintWriter;

/** What a sandbox says when it is ready: where it is, what is in it, and commands to try. */
final class SandboxWelcome {

    private SandboxWelcome() {}

    static void print(SandboxFile sandbox, PrintWriter out) {
        out.println("Gateway     " + sandbox.apiUrl());
        out.println("Console     " + sandbox.apiUrl() + "/console");
        out.println("Simulator   " + sandbox.simulatorUrl());
        out.println("Instance    " + sandbox.idInstance() + ", linked to " + SandboxWorld.ANNA.name() + " (+"
                + SandboxWorld.ANNA.phone() + ")");
        out.println("Token       " + sandbox.apiTokenInstance());
        out.println("Partner     " + sandbox.partnerToken());
        out.println("Groups");
        for (SandboxWorld.Group group : sandbox.groups()) {
            out.printf(
                    "  %-13s %s   %s is %s%n",
                    "\"" + group.subject() + "\"",
                    group.id(),
                    SandboxWorld.ANNA.name(),
                    group.admin() ? "an administrator" : "a member");
        }
        out.println();
        if (!sandbox.groups().isEmpty()) {
            suggest(
                    out,
                    "Leave a group",
                    post(sandbox, "leaveGroup"),
                    "{\"groupId\":\"" + sandbox.groups().getFirst().id() + "\"}");
        }
        SandboxWorld.Person bob = sandbox.people().getFirst();
        suggest(
                out,
                "Write to " + bob.name(),
                post(sandbox, "sendMessage"),
                "{\"chatId\":\"" + bob.phone() + "@c.us\",\"message\":\"Hello\"}");
        suggest(
                out,
                "Have " + bob.name() + " answer",
                "curl " + sandbox.simulatorUrl() + "/admin/people/" + bob.name() + "/messages",
                "{\"to\":\"" + SandboxWorld.ANNA.name() + "\",\"text\":\"Hi\"}");
        out.println("See what is notified; deleteNotification/" + sandbox.apiTokenInstance()
                + "/{receiptId} takes it out:");
        out.println();
        out.println("  curl " + method(sandbox, "receiveNotification"));
        out.println();
        Readiness.ready(out);
    }

    private static void suggest(PrintWriter out, String what, String command, String body) {
        out.println(what + ":");
        out.println();
        out.println("  " + command + " -d '" + body + "'");
        out.println();
    }

    private static String post(SandboxFile sandbox, String method) {
        return "curl -i -X POST " + method(sandbox, method) + " -H 'Content-Type: application/json'";
    }

    private static String method(SandboxFile sandbox, String name) {
        return sandbox.apiUrl() + "/waInstance" + sandbox.idInstance() + "/" + name + "/" + sandbox.apiTokenInstance();
    }
}
