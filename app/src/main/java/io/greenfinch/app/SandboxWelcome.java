package io.greenfinch.app;

import java.io.PrintWriter;

/** What a sandbox says when it is ready: where it is, what is in it, and a command to try. */
final class SandboxWelcome {

    private SandboxWelcome() {}

    static void print(SandboxFile sandbox, PrintWriter out) {
        out.println("Gateway     " + sandbox.apiUrl());
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
        if (!sandbox.groups().isEmpty()) {
            out.println();
            out.println("Leave a group:");
            out.println();
            out.println("  curl -i -X POST " + sandbox.apiUrl() + "/waInstance" + sandbox.idInstance() + "/leaveGroup/"
                    + sandbox.apiTokenInstance() + " -H 'Content-Type: application/json' -d '{\"groupId\":\""
                    + sandbox.groups().getFirst().id() + "\"}'");
            out.println();
        }
        out.println("ready");
        out.flush();
    }
}
