package io.vipkeeper.cli.pages;

import java.util.Map;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.vipkeeper.cli.VipkeeperCommand;

import static org.assertj.core.api.Assertions.assertThat;

class ManPageTest {

    @Command(
            name = "tool",
            description = "Does a thing-or-two, 100%%.",
            footer = {"Prose.", "  A=1 an item", "  .B the next"},
            subcommands = Part.class)
    private static final class Tool {
        @Option(
                names = {"-n", "--name"},
                paramLabel = "TEXT",
                description = "'quoted' with a \\")
        private String name;

        @Option(names = "--secret", hidden = true)
        private boolean secret;

        @Parameters(paramLabel = "FILE", description = "what to read")
        private String file;
    }

    @Command(name = "part", description = "Does one of them.")
    private static final class Part {}

    private static final String PAGE = ManPage.of(new CommandLine(new Tool()), "1.2");

    @Test
    void aPageHasItsNameAndSynopsisAndDescription() {
        assertThat(PAGE)
                .startsWith(".TH TOOL 1 \"\" \"vipkeeper 1.2\" \"vipkeeper\"\n")
                .contains(".SH NAME\ntool \\- Does a thing\\-or\\-two, 100%.\n")
                .contains(".SH SYNOPSIS\n\\fBtool\\fR [\\-n=TEXT] FILE [COMMAND]\n");
    }

    @Test
    void optionsThatAreHiddenStayHidden() {
        assertThat(PAGE)
                .contains(".TP\n\\fB\\-n\\fR, \\fB\\-\\-name\\fR=\\fITEXT\\fR\n")
                .contains(".TP\n\\fIFILE\\fR\nwhat to read\n")
                .doesNotContain("secret");
    }

    @Test
    void textIsNeverTakenForAMacro() {
        assertThat(PAGE).contains("\n\\&'quoted' with a \\e\n").contains("\n.IP \\(bu 2\n\\&.B the next\n");
    }

    @Test
    void pagesNameEachOther() {
        CommandLine tool = new CommandLine(new Tool());

        assertThat(ManPage.of(tool, "1.2")).contains(".SH COMMANDS\n.TP\n\\fBtool\\-part\\fR(1)\n");
        assertThat(ManPage.of(tool.getSubcommands().get("part"), "1.2"))
                .contains(".SH SEE ALSO\n\\fBtool\\fR(1)\n")
                .doesNotContain("SH COMMANDS");
    }

    @Test
    void theManagersPageTellsItsOptionsAndTheVariablesThatHaveNone() {
        CommandLine manager =
                VipkeeperCommand.commandLine(Map.of()).getSubcommands().get("manager");

        String page = ManPage.of(manager, "1.2");

        assertThat(ManPage.name(manager)).isEqualTo("vipkeeper-manager.1");
        assertThat(page)
                .contains("\\-\\-interface")
                .contains(".SH ENVIRONMENT\n")
                .contains("kubernetes_addr");
        assertThat(page.lines()).noneMatch(line -> line.matches("[.'](?!SH |TP|TH |IP ).*"));
    }
}
