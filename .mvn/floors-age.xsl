<?xml version="1.0" encoding="UTF-8"?>
<!-- Turns floors.xml into warnings of the enforcer: one for each row whose advisories were last read 60 days ago or more. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:date="http://exslt.org/dates-and-times" exclude-result-prefixes="date">

  <xsl:template match="/floors">
    <enforcer>
      <rules>
        <alwaysPass/> <!-- the enforcer refuses an empty list -->
        <xsl:apply-templates select="floor"/>
      </rules>
    </enforcer>
  </xsl:template>

  <xsl:template match="floor">
    <xsl:variable name="today">
      <xsl:call-template name="days"><xsl:with-param name="date" select="date:date()"/></xsl:call-template>
    </xsl:variable>
    <xsl:variable name="checked">
      <xsl:call-template name="days"><xsl:with-param name="date" select="@checked"/></xsl:call-template>
    </xsl:variable>
    <xsl:if test="$today - $checked > 60">
      <alwaysFail>
        <level>WARN</level>
        <message>Advisories of <xsl:value-of select="@of"/> were last read on <xsl:value-of select="@checked"/>: read them again and mend .mvn/floors.xml</message>
      </alwaysFail>
    </xsl:if>
  </xsl:template>

  <!-- Days since year 0 with months of equal length: a day or two off, which a warning can bear. -->
  <xsl:template name="days">
    <xsl:param name="date"/>
    <xsl:value-of select="substring($date, 1, 4) * 365.25 + substring($date, 6, 2) * 30.44 + substring($date, 9, 2)"/>
  </xsl:template>
</xsl:stylesheet>
